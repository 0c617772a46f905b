{#- A setting's date as an SQL literal. -#}
{% macro sql_date(name) -%}
    date '{{ setting(name) }}'
{%- endmacro %}
