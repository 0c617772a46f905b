{#- Calendar days from one date to another, as a whole number. -#}
{% macro days_between(from_date, to_date) -%}
    cast({{ to_date }} - {{ from_date }} as integer)
{%- endmacro %}
