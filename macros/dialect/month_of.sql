{#- The first day of a date's month, as a date (date_trunc alone gives a timestamp). -#}
{% macro month_of(date_column) -%}
    cast(date_trunc('month', {{ date_column }}) as date)
{%- endmacro %}
