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

contracts as (

    select * from {{ ref('fct_contracts') }}

),

-- left joins: a period without a customer still has a row
customers_at_cutoff as (

    select
        periods.period_grain,
        periods.period_start,
        periods.period_end,
        periods.is_complete,
        customers.segment,
        customers.region,
        customers.team,
        customers.rep,
        active_customer_months.account_id,
        active_customer_months.active_contracts,
        active_customer_months.annual_value,
        cast(null as {{ dbt.type_string() }}) as signed_type,
        cast(null as decimal(28, 6)) as signed_value
    from periods
    left join active_customer_months on periods.cutoff = active_customer_months.snapshot_on
    left join customers on active_customer_months.account_id = customers.account_id

),

contracts_signed as (

    select
        periods.period_grain,
        periods.period_start,
        periods.period_end,
        periods.is_complete,
        customers.segment,
        customers.region,
        customers.team,
        customers.rep,
        cast(null as {{ dbt.type_string() }}) as account_id,
        cast(null as bigint) as active_contracts,
        cast(null as decimal(28, 6)) as annual_value,
        contracts.contract_type as signed_type,
        contracts.annual_value as signed_value
    from periods
    inner join contracts on contracts.signed_on between periods.period_start and periods.cutoff
    inner join customers on contracts.account_id = customers.account_id

),

customers_and_contracts as (

    select * from customers_at_cutoff
    union all
    select * from contracts_signed

),

records_by_dimension as (

    {{ by_dimension('customers_and_contracts', ['segment', 'region', 'team', 'rep']) }}

),

annual_contract_value as (

    select
        period_grain,
        period_start,
        period_end,
        is_complete,
        cast(dimension as {{ dbt.type_string() }}) as dimension,
        cast(dimension_value as {{ dbt.type_string() }}) as dimension_value,
        {{ divide('sum(annual_value)', 'count(account_id)') }} as acv_per_customer,
        {{ percentile(0.5, 'annual_value') }} as median_acv_per_customer,
        cast(coalesce(sum(annual_value), 0) as decimal(28, 6)) as total_acv,
        count(account_id) as active_customers,
        cast(coalesce(sum(active_contracts), 0) as bigint) as active_contracts,
        {{ sum_where('signed_value', "signed_type = 'new'") }} as new_acv,
        {{ sum_where('signed_value', "signed_type in ('upsell', 'cross_sell')") }} as expansion_acv,
        {{ sum_where('signed_value', "signed_type = 'renewal'") }} as renewal_acv
    from records_by_dimension
    group by period_grain, period_start, period_end, is_complete, dimension, dimension_value

)

select {{ measured_columns('annual_contract_value') }} from annual_contract_value
