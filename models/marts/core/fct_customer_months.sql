with

customers as (

    select * from {{ ref('dim_customers') }}

),

contracts as (

    select * from {{ ref('fct_contracts') }}

),

payments as (

    select * from {{ ref('fct_payments') }}

),

snapshot_dates as (

    select * from {{ ref('int_snapshot_dates') }}

),

customers_at_month_end as (

    select
        snapshot_dates.snapshot_on,
        snapshot_dates.month_start,
        customers.account_id
    from snapshot_dates
    inner join customers on snapshot_dates.snapshot_on >= customers.became_customer_on

),

active_contracts as (

    select
        contracts.account_id,
        snapshot_dates.snapshot_on,
        count(*) as active_contracts,
        sum(contracts.annual_value) as annual_value
    from contracts
    inner join snapshot_dates
        on
            contracts.start_date <= snapshot_dates.snapshot_on
            and (
                contracts.active_through is null
                or contracts.active_through >= snapshot_dates.snapshot_on
            )
    group by contracts.account_id, snapshot_dates.snapshot_on

),

-- what was paid before the first month, or before the account became a customer, counts from then
payments_with_month as (

    select
        payments.account_id,
        payments.amount,
        greatest(
            {{ month_of('payments.paid_on') }},
            {{ month_of('customers.became_customer_on') }},
            (select min(snapshot_dates.first_month_start) from snapshot_dates)
        ) as month_start
    from payments
    inner join customers on payments.account_id = customers.account_id

),

payments_by_month as (

    select
        account_id,
        month_start,
        sum(amount) as amount
    from payments_with_month
    group by account_id, month_start

),

customer_months as (

    select
        customers_at_month_end.account_id,
        customers_at_month_end.snapshot_on,
        active_contracts.account_id is not null as is_active,
        coalesce(active_contracts.active_contracts, 0) as active_contracts,
        cast(coalesce(active_contracts.annual_value, 0) as decimal(28, 6)) as annual_value,
        cast(
            sum(coalesce(payments_by_month.amount, 0)) over (
                partition by customers_at_month_end.account_id
                order by customers_at_month_end.snapshot_on
            ) as decimal(28, 6)
        ) as paid_to_date
    from customers_at_month_end
    left join active_contracts
        on
            customers_at_month_end.account_id = active_contracts.account_id
            and customers_at_month_end.snapshot_on = active_contracts.snapshot_on
    left join payments_by_month
        on
            customers_at_month_end.account_id = payments_by_month.account_id
            and customers_at_month_end.month_start = payments_by_month.month_start

)

select * from customer_months
