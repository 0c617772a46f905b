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

customers_at_either_end as (

    select
        periods.period_grain,
        periods.period_start,
        active_customer_months.account_id
    from periods
    inner join active_customer_months
        on active_customer_months.snapshot_on in (periods.opening_date, periods.cutoff)
    group by periods.period_grain, periods.period_start, active_customer_months.account_id

),

-- left joins: a period without a customer still has a row
customers_at_both_ends as (

    select
        periods.period_grain,
        periods.period_start,
        periods.period_end,
        periods.is_complete,
        customers.segment,
        customers.region,
        customers.team,
        at_start.account_id is not null as is_at_start,
        at_cutoff.account_id is not null as is_at_cutoff,
        customers.first_contract_start_on between periods.period_start and periods.period_end as is_new,
        at_start.annual_value as value_at_start,
        coalesce(at_cutoff.annual_value, 0) as value_at_cutoff
    from periods
    left join customers_at_either_end
        on
            periods.period_grain = customers_at_either_end.period_grain
            and periods.period_start = customers_at_either_end.period_start
    left join customers on customers_at_either_end.account_id = customers.account_id
    left join active_customer_months as at_start
        on
            periods.opening_date = at_start.snapshot_on
            and customers_at_either_end.account_id = at_start.account_id
    left join active_customer_months as at_cutoff
        on
            periods.cutoff = at_cutoff.snapshot_on
            and customers_at_either_end.account_id = at_cutoff.account_id

),

customers_by_dimension as (

    {{ by_dimension('customers_at_both_ends', ['segment', 'region', 'team']) }}

),

counted_customers as (

    select
        period_grain,
        period_start,
        period_end,
        is_complete,
        dimension,
        dimension_value,
        count(*) filter (where is_at_start) as customers_start,
        count(*) filter (where is_at_start and is_at_cutoff) as retained_customers,
        count(*) filter (where is_at_start and not is_at_cutoff) as churned_customers,
        count(*) filter (where is_at_cutoff and not is_at_start and is_new) as new_customers,
        count(*) filter (where is_at_cutoff and not is_at_start and not is_new) as reactivated_customers,
        count(*) filter (where is_at_cutoff) as customers_end,
        sum(value_at_start) as value_at_start,
        sum(least(value_at_start, value_at_cutoff)) filter (where is_at_start) as value_kept,
        sum(value_at_cutoff) filter (where is_at_start) as value_of_start_customers
    from customers_by_dimension
    group by period_grain, period_start, period_end, is_complete, dimension, dimension_value

),

customer_retention as (

    select
        period_grain,
        period_start,
        period_end,
        is_complete,
        cast(dimension as {{ dbt.type_string() }}) as dimension,
        cast(dimension_value as {{ dbt.type_string() }}) as dimension_value,
        {{ divide('retained_customers', 'customers_start') }} as customer_retention_rate,
        customers_start,
        retained_customers,
        churned_customers,
        new_customers,
        reactivated_customers,
        customers_end,
        {{ divide('value_kept', 'value_at_start') }} as gross_revenue_retention,
        {{ divide('value_of_start_customers', 'value_at_start') }} as net_revenue_retention
    from counted_customers

)

select * from customer_retention
