{#- The last day of a term of months, a text of digits, that starts on a date. -#}
{% macro contract_end(starts_on, months) -%}
    {{ day_before('cast(' ~ dbt.dateadd('month', 'cast(' ~ months ~ ' as integer)', starts_on) ~ ' as date)') }}
{%- endmacro %}
