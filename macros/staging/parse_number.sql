{#-
    A trimmed text as decimal(28, 12): sign, at most 15 digits before the point, no exponent; null
    where it is none.
-#}
{% macro parse_number(text) -%}
    case
        when {{ matches(text, '[+-]?([0-9]{1,15}([.][0-9]*)?|[.][0-9]+)') }}
            then {{ cast_or_null(text, 'decimal(28, 12)') }}
    end
{%- endmacro %}
