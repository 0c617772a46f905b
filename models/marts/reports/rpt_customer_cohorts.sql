with

quarters as (

    select
        period_start,
        cutoff,
        is_complete,
        row_number() over (order by period_start) as quarter_number
    from {{ ref('dim_periods') }}
    where period_grain = 'quarter'

),

customers as (

    select * from {{ ref('dim_customers') }}

),

active_customer_months as (

    select * from {{ ref('fct_customer_months') }}
    where is_active

),

-- whose first contract began before the reported quarters, or begins later, is in none of them
cohort_customers as (

    select
        customers.account_id,
        customers.segment,
        customers.region,
        quarters.period_start as cohort_start,
        quarters.quarter_number as cohort_number
    from customers
    inner join quarters
        on customers.first_contract_start_on between quarters.period_start and quarters.cutoff

),

customers_by_dimension as (

    {{ by_dimension('cohort_customers', ['segment', 'region']) }}

),

cohorts as (

    select
        dimension,
        dimension_value,
        cohort_start,
        cohort_number,
        count(*) as customers
    from customers_by_dimension
    group by dimension, dimension_value, cohort_start, cohort_number

),

active_customers as (

    select
        customers_by_dimension.dimension,
        customers_by_dimension.dimension_value,
        customers_by_dimension.cohort_number,
        active_customer_months.snapshot_on,
        count(*) as active_customers
    from customers_by_dimension
    inner join active_customer_months
        on customers_by_dimension.account_id = active_customer_months.account_id
    group by
        customers_by_dimension.dimension,
        customers_by_dimension.dimension_value,
        customers_by_dimension.cohort_number,
        active_customer_months.snapshot_on

),

-- left join: a quarter after which nobody was left still has a row
customer_cohorts as (

    select
        cast(cohorts.dimension as {{ dbt.type_string() }}) as dimension,
        cast(cohorts.dimension_value as {{ dbt.type_string() }}) as dimension_value,
        cohorts.cohort_start,
        cast(quarters.quarter_number - cohorts.cohort_number as integer) as quarters_since,
        quarters.cutoff as snapshot_on,
        quarters.is_complete,
        cohorts.customers,
        coalesce(active_customers.active_customers, 0) as active_customers,
        {{ divide('coalesce(active_customers.active_customers, 0)', 'cohorts.customers') }}
            as retention_rate
    from cohorts
    inner join quarters on cohorts.cohort_number <= quarters.quarter_number
    left join active_customers
        on
            cohorts.dimension = active_customers.dimension
            and cohorts.dimension_value = active_customers.dimension_value
            and cohorts.cohort_number = active_customers.cohort_number
            and quarters.cutoff = active_customers.snapshot_on

)

select * from customer_cohorts{{ unless_absent(['crm.contracts']) }}
