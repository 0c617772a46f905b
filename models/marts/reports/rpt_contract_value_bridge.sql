{%- set steps = ['start', 'new', 'reactivated', 'expansion', 'contraction', 'churn', 'end'] -%}

with

periods as (

    select * from {{ ref('dim_periods') }}

),

customers as (

    select * from {{ ref('dim_customers') }}

),

active_customer_months as (

    select * from {{ ref('fct_customer_months') }}
    where is_active

),

{{ customers_at_both_ends() }},

customers_by_dimension as (

    {{ by_dimension('customers_at_both_ends', ['segment', 'region', 'team']) }}

),

-- start and what changed it are end, to the last digit
amounts as (

    select
        period_grain,
        period_start,
        period_end,
        is_complete,
        dimension,
        dimension_value,
        sum(start_value) as start_amount,
        sum(end_value) filter (where start_value is null and is_new) as new_amount,
        sum(end_value) filter (where start_value is null and not is_new) as reactivated_amount,
        sum(end_value - start_value) filter (where end_value > start_value) as expansion_amount,
        sum(end_value - start_value) filter (where end_value < start_value) as contraction_amount,
        sum(-start_value) filter (where end_value is null) as churn_amount,
        sum(end_value) as end_amount
    from customers_by_dimension
    group by period_grain, period_start, period_end, is_complete, dimension, dimension_value

),

contract_value_bridge as (

    {% for step in steps -%}
    select
        period_grain,
        period_start,
        period_end,
        is_complete,
        cast(dimension as {{ dbt.type_string() }}) as dimension,
        cast(dimension_value as {{ dbt.type_string() }}) as dimension_value,
        {{ loop.index }} as step_number,
        cast('{{ step }}' as {{ dbt.type_string() }}) as step,
        cast(coalesce({{ step }}_amount, 0) as decimal(28, 6)) as amount
    from amounts
    {{ "union all" if not loop.last }}
    {% endfor %}

)

select * from contract_value_bridge{{ unless_absent(['crm.contracts']) }}
