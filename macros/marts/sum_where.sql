{#- The sum of the rows that meet a condition, as decimal(28, 6); 0 over nothing. -#}
{% macro sum_where(column, condition) -%}
    cast(coalesce(sum({{ column }}) filter (where {{ condition }}), 0) as decimal(28, 6))
{%- endmacro %}
