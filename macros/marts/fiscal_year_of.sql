{#- The calendar year in which the fiscal year of a date begins. -#}
{% macro fiscal_year_of(date_column) -%}
    cast(
        extract(year from {{ date_column }})
        - case
            when extract(month from {{ date_column }}) < {{ setting('fiscal_year_start_month') }} then 1 else 0
        end as integer
    )
{%- endmacro %}
