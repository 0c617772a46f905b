with

invoices as (

    select * from {{ ref('stg_crm__invoices') }}

),

exchange_rates as (

    select * from {{ ref('int_exchange_rates') }}

),

-- an open or void invoice is no money, whatever its paid_on; credit notes come off
paid_invoices as (

    select * from invoices
    where
        status = 'paid'
        and paid_on <= {{ sql_date('as_of_date') }}

),

-- a day's rate is looked for once, however many invoices were paid on it
rates_of_day as (

    select
        days_paid.currency,
        days_paid.paid_on,
        own_rates.rate as own_rate,
        reporting_rates.rate as reporting_rate
    from (
        select distinct
            currency,
            paid_on
        from paid_invoices
    ) as days_paid
    inner join exchange_rates as own_rates
        on
            days_paid.currency = own_rates.currency
            and days_paid.paid_on >= own_rates.valid_from
            and days_paid.paid_on <= own_rates.valid_to
    inner join exchange_rates as reporting_rates
        on
            reporting_rates.currency = '{{ setting("reporting_currency") }}'
            and days_paid.paid_on >= reporting_rates.valid_from
            and days_paid.paid_on <= reporting_rates.valid_to

),

-- left join: what is in the reporting currency needs no rate
payments as (

    select
        paid_invoices.invoice_id,
        paid_invoices.account_id,
        paid_invoices.contract_id,
        paid_invoices.paid_on,
        paid_invoices.currency,
        paid_invoices.amount < 0 as is_credit_note,
        case
            when paid_invoices.currency = '{{ setting("reporting_currency") }}'
                then cast(paid_invoices.amount as decimal(28, 6))
            else {{ convert_amount(
                'paid_invoices.amount', 'rates_of_day.own_rate', 'rates_of_day.reporting_rate'
            ) }}
        end as amount
    from paid_invoices
    left join rates_of_day
        on
            paid_invoices.currency = rates_of_day.currency
            and paid_invoices.paid_on = rates_of_day.paid_on

)

select * from payments
