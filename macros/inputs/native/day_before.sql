{#- The day before a date. -#}
{% macro day_before(date) -%}
    cast({{ dbt.dateadd('day', -1, date) }} as date)
{%- endmacro %}
