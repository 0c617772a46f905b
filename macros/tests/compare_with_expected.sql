{#-
    The differences between a model and its expected seed, both ways: rows that are missing, rows
    that should not be there, and values that differ.

    Numbers agree within one part in a million, at least one millionth: the expected ones are
    exact fractions rounded once, while amounts in other currencies are rounded per contract and
    invoice.

    only: a condition on the model's rows, where the seed holds a part of them.
-#}
{% macro compare_with_expected(
    model, key=['period_grain', 'period_start', 'dimension', 'dimension_value'], only=none
) %}
    {%- set expected = ref('expected_' ~ model) -%}
    {%- set actual = ref(model) -%}
    {%- set columns = [] -%}
    {%- if execute -%}
        {%- for name, column in graph.nodes['model.sales_kpis.' ~ model].columns.items() if name not in key -%}
            {%- do columns.append((name, column.data_type)) -%}
        {%- endfor -%}
    {%- endif -%}
with

expected as (

    select
        expected_rows.*,
        true as is_there
    from {{ expected }} as expected_rows

),

actual as (

    select
        actual_rows.*,
        true as is_there
    from {{ actual }} as actual_rows
    {%- if only %}
    where {{ only }}
    {%- endif %}

)

select
    {%- for name in key %}
    coalesce(expected.{{ name }}, actual.{{ name }}) as {{ name }},
    {%- endfor %}
    {%- for name, data_type in columns %}
    expected.{{ name }} as expected_{{ name }},
    actual.{{ name }} as actual_{{ name }},
    {%- endfor %}
    case
        when actual.is_there is null then 'missing'
        when expected.is_there is null then 'not expected'
        else 'differs'
    end as difference
from expected
full outer join actual
    on
        {%- for name in key %}
        expected.{{ name }} = actual.{{ name }}{{ " and" if not loop.last }}
        {%- endfor %}
where
    expected.is_there is null
    or actual.is_there is null
    {%- for name, data_type in columns %}
    {%- if 'decimal' in data_type %}
    or (expected.{{ name }} is null) <> (actual.{{ name }} is null)
    or abs(expected.{{ name }} - actual.{{ name }}) > 0.000001 * greatest(1, abs(expected.{{ name }}))
    {%- else %}
    or expected.{{ name }} is distinct from actual.{{ name }}
    {%- endif %}
    {%- endfor %}
{% endmacro %}
