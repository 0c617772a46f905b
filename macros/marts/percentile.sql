{#- A continuous percentile as decimal(28, 6); null over nothing. -#}
{% macro percentile(share, column) -%}
    cast(percentile_cont({{ share }}) within group (order by {{ column }}) as decimal(28, 6))
{%- endmacro %}
