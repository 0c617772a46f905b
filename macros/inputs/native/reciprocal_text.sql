{#-
    One divided by a number that is a text, as text with twelve decimals, rounded half up; a text that is
    no positive number stays as it is, for staging to reject.
-#}
{% macro reciprocal_text(text) -%}
    {%- set number = parse_number(text) -%}
    case
        when {{ number }} >= 0.000000001 then cast({{ reciprocal(number) }} as {{ dbt.type_string() }})
        else {{ text }}
    end
{%- endmacro %}
