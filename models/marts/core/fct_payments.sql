with

invoices as (

    select * from {{ ref('stg_crm__invoices') }}

),

conversion_rates as (

    select * from {{ ref('int_conversion_rates') }}

),

-- an open or void invoice is no money, whatever its paid_on; credit notes come off
paid_invoices as (

    select * from invoices
    where
        status = 'paid'
        and paid_on <= {{ sql_date('as_of_date') }}

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
                'paid_invoices.amount', 'conversion_rates.own_rate', 'conversion_rates.reporting_rate'
            ) }}
        end as amount
    from paid_invoices
    left join conversion_rates
        on
            paid_invoices.currency = conversion_rates.currency
            and paid_invoices.paid_on = conversion_rates.converted_on

)

select * from payments
