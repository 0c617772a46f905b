with

periods as (

    select * from {{ ref('dim_periods') }}

),

customers as (

    select * from {{ ref('dim_customers') }}

),

customer_months as (

    select * from {{ ref('fct_customer_months') }}

),

-- left joins: a period without a customer still has a row
customers_so_far as (

    select
        periods.period_grain,
        periods.period_start,
        periods.period_end,
        periods.is_complete,
        customers.segment,
        customers.region,
        customers.cohort,
        customer_months.account_id,
        customer_months.paid_to_date
    from periods
    left join customer_months on periods.cutoff = customer_months.snapshot_on
    left join customers on customer_months.account_id = customers.account_id

),

customers_by_dimension as (

    {{ by_dimension('customers_so_far', ['segment', 'region', 'cohort']) }}

),

customer_lifetime_value as (

    select
        period_grain,
        period_start,
        period_end,
        is_complete,
        cast(dimension as {{ dbt.type_string() }}) as dimension,
        cast(dimension_value as {{ dbt.type_string() }}) as dimension_value,
        {{ divide('sum(paid_to_date)', 'count(account_id)') }} as average_clv,
        {{ percentile(0.5, 'paid_to_date') }} as median_clv,
        {{ percentile(0.9, 'paid_to_date') }} as p90_clv,
        cast(coalesce(sum(paid_to_date), 0) as decimal(28, 6)) as total_spend,
        count(account_id) as customers
    from customers_by_dimension
    group by period_grain, period_start, period_end, is_complete, dimension, dimension_value

)

select * from customer_lifetime_value
