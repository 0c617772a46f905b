with

checked_invoices as (

    select * from {{ ref('base_crm__invoices') }}

),

accepted_invoices as (

    select
        invoice_id,
        account_id,
        contract_id,
        status,
        issued_on,
        paid_on,
        amount,
        currency
    from checked_invoices
    where reject_reasons is null

)

select * from accepted_invoices
