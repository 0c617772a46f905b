{#-
    The columns with which a KPI's rows begin, where periods are joined (left) to a relation that has
    dimension and dimension_value. A period without a match is the company's.
-#}
{% macro period_and_dimension(relation) -%}
        periods.period_grain,
        periods.period_start,
        periods.period_end,
        periods.is_complete,
        cast(coalesce({{ relation }}.dimension, 'company') as {{ dbt.type_string() }}) as dimension,
        cast(coalesce({{ relation }}.dimension_value, 'all') as {{ dbt.type_string() }}) as dimension_value
{%- endmacro %}
