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
    where signed_on <= (select max(periods.cutoff) from periods)

),

active_customers as (

    select
        active_customer_months.snapshot_on,
        customers.segment,
        customers.region,
        customers.team,
        customers.rep,
        active_customer_months.active_contracts,
        active_customer_months.annual_value
    from active_customer_months
    inner join customers on active_customer_months.account_id = customers.account_id

),

contracts_signed as (

    select
        {{ month_of('contracts.signed_on') }} as month_start,
        customers.segment,
        customers.region,
        customers.team,
        customers.rep,
        contracts.contract_type,
        contracts.annual_value
    from contracts
    inner join customers on contracts.account_id = customers.account_id

),

active_customers_by_dimension as (

    {{ by_dimension('active_customers', ['segment', 'region', 'team', 'rep']) }}

),

contracts_by_dimension as (

    {{ by_dimension('contracts_signed', ['segment', 'region', 'team', 'rep']) }}

),

-- a quarter or year ends with one of its months: each day is looked at once
values_of_day as (

    select
        snapshot_on,
        dimension,
        dimension_value,
        {{ divide('sum(annual_value)', 'count(*)') }} as acv_per_customer,
        {{ percentile(0.5, 'annual_value') }} as median_acv_per_customer,
        sum(annual_value) as total_acv,
        count(*) as active_customers,
        sum(active_contracts) as active_contracts
    from active_customers_by_dimension
    group by snapshot_on, dimension, dimension_value

),

-- … and adds up its months
values_signed_in_month as (

    select
        month_start,
        dimension,
        dimension_value,
        sum(annual_value) filter (where contract_type = 'new') as new_acv,
        sum(annual_value) filter (where contract_type in ('upsell', 'cross_sell')) as expansion_acv,
        sum(annual_value) filter (where contract_type = 'renewal') as renewal_acv
    from contracts_by_dimension
    group by month_start, dimension, dimension_value

),

-- left join: a period without a customer still has a row
values_of_period as (

    select
        {{ period_and_dimension('values_of_day') }},
        values_of_day.acv_per_customer,
        values_of_day.median_acv_per_customer,
        values_of_day.total_acv,
        values_of_day.active_customers,
        values_of_day.active_contracts,
        cast(null as decimal(28, 6)) as new_acv,
        cast(null as decimal(28, 6)) as expansion_acv,
        cast(null as decimal(28, 6)) as renewal_acv
    from periods
    left join values_of_day on periods.cutoff = values_of_day.snapshot_on
    union all
    select
        periods.period_grain,
        periods.period_start,
        periods.period_end,
        periods.is_complete,
        values_signed_in_month.dimension,
        values_signed_in_month.dimension_value,
        cast(null as decimal(28, 6)) as acv_per_customer,
        cast(null as decimal(28, 6)) as median_acv_per_customer,
        cast(null as decimal(28, 6)) as total_acv,
        cast(null as bigint) as active_customers,
        cast(null as bigint) as active_contracts,
        values_signed_in_month.new_acv,
        values_signed_in_month.expansion_acv,
        values_signed_in_month.renewal_acv
    from periods
    inner join values_signed_in_month
        on values_signed_in_month.month_start between periods.period_start and periods.period_end

),

annual_contract_value as (

    select
        period_grain,
        period_start,
        period_end,
        is_complete,
        dimension,
        dimension_value,
        max(acv_per_customer) as acv_per_customer,
        max(median_acv_per_customer) as median_acv_per_customer,
        cast(coalesce(sum(total_acv), 0) as decimal(28, 6)) as total_acv,
        cast(coalesce(sum(active_customers), 0) as bigint) as active_customers,
        cast(coalesce(sum(active_contracts), 0) as bigint) as active_contracts,
        cast(coalesce(sum(new_acv), 0) as decimal(28, 6)) as new_acv,
        cast(coalesce(sum(expansion_acv), 0) as decimal(28, 6)) as expansion_acv,
        cast(coalesce(sum(renewal_acv), 0) as decimal(28, 6)) as renewal_acv
    from values_of_period
    group by period_grain, period_start, period_end, is_complete, dimension, dimension_value

)

select * from annual_contract_value
