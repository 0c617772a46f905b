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

customers_so_far as (

    select
        customer_months.snapshot_on,
        customers.segment,
        customers.region,
        customers.cohort,
        customer_months.account_id,
        customer_months.paid_to_date
    from customer_months
    inner join customers on customer_months.account_id = customers.account_id

),

customers_by_dimension as (

    {{ by_dimension('customers_so_far', ['segment', 'region', 'cohort']) }}

),

-- a quarter or year ends with one of its months: each day is looked at once
lifetime_values_of_day as (

    select
        snapshot_on,
        dimension,
        dimension_value,
        {{ divide('sum(paid_to_date)', 'count(*)') }} as average_clv,
        {{ percentile(0.5, 'paid_to_date') }} as median_clv,
        {{ percentile(0.9, 'paid_to_date') }} as p90_clv,
        sum(paid_to_date) as total_spend,
        count(*) as customers
    from customers_by_dimension
    group by snapshot_on, dimension, dimension_value

),

-- left join: a period without a customer still has a row
customer_lifetime_value as (

    select
        {{ period_and_dimension('lifetime_values_of_day') }},
        lifetime_values_of_day.average_clv,
        lifetime_values_of_day.median_clv,
        lifetime_values_of_day.p90_clv,
        cast(coalesce(lifetime_values_of_day.total_spend, 0) as decimal(28, 6)) as total_spend,
        coalesce(lifetime_values_of_day.customers, 0) as customers
    from periods
    left join lifetime_values_of_day on periods.cutoff = lifetime_values_of_day.snapshot_on

)

select {{ measured_columns('customer_lifetime_value') }} from customer_lifetime_value
