{#-
    Each row of a relation once for the company and once under its value of each dimension.

    A period without records is a row whose dimensions are null: it stands under the company alone.
-#}
{% macro by_dimension(relation, dimensions) -%}
    select
        {{ relation }}.*,
        'company' as dimension,
        'all' as dimension_value
    from {{ relation }}
    {%- for dimension in dimensions %}
    union all
    select
        {{ relation }}.*,
        '{{ dimension }}' as dimension,
        {{ dimension }} as dimension_value
    from {{ relation }}
    where {{ dimension }} is not null
    {%- endfor %}
{%- endmacro %}
