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
                'paid_invoices.amount', 'own_rates.rate', 'reporting_rates.rate'
            ) }}
        end as amount
    from paid_invoices
    left join exchange_rates as own_rates
        on
            paid_invoices.currency = own_rates.currency
            and paid_invoices.paid_on >= own_rates.valid_from
            and paid_invoices.paid_on <= own_rates.valid_to
    left join exchange_rates as reporting_rates
        on
            reporting_rates.currency = '{{ setting("reporting_currency") }}'
            and paid_invoices.paid_on >= reporting_rates.valid_from
            and paid_invoices.paid_on <= reporting_rates.valid_to

)

select * from payments
