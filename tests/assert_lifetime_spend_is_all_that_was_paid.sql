-- all that was paid is in some customer's lifetime spend on as_of_date, to the last digit
with

payments as (

    select sum(payments.amount) as amount
    from {{ ref('fct_payments') }} as payments
    inner join {{ ref('dim_customers') }} as customers on payments.account_id = customers.account_id
    where customers.became_customer_on <= {{ sql_date('as_of_date') }}

),

latest_spend as (

    select total_spend
    from {{ ref('kpi_customer_lifetime_value') }}
    where
        dimension = 'company'
        and period_grain = 'year'
        and period_end >= {{ sql_date('as_of_date') }}

)

select
    payments.amount,
    latest_spend.total_spend
from payments
cross join latest_spend
where coalesce(payments.amount, 0) <> latest_spend.total_spend
