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

counted_customers as (

    select
        period_grain,
        period_start,
        period_end,
        is_complete,
        dimension,
        dimension_value,
        count(start_value) as customers_start,
        count(start_value) filter (where end_value is not null) as retained_customers,
        count(start_value) filter (where end_value is null) as churned_customers,
        count(end_value) filter (where start_value is null and is_new) as new_customers,
        count(end_value) filter (where start_value is null and not is_new) as reactivated_customers,
        count(end_value) as customers_end,
        sum(start_value) as value_at_start,
        sum(least(start_value, coalesce(end_value, 0))) filter (where start_value is not null)
            as value_kept,
        sum(coalesce(end_value, 0)) filter (where start_value is not null) as value_at_end
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
        {{ divide('value_at_end', 'value_at_start') }} as net_revenue_retention
    from counted_customers

)

select {{ measured_columns('customer_retention') }} from customer_retention
