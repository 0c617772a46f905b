{#-
    A trimmed text `YYYY-MM-DD` as a date; null where it is none. The year 9999 is "never": still
    a date here.
-#}
{% macro parse_date(text) -%}
    case when {{ matches(text, date_pattern()) }} then {{ cast_or_null(text, 'date') }} end
{%- endmacro %}
