{{ config(enabled=is_rung('hubspot', 'invoices_from', ['native'])) }}

with

native_invoices as (

    {{ native_rows('hubspot', 'invoices') }}

),

invoice_companies as (

    {{ native_rows('hubspot', 'invoice_companies') }}

),

first_companies as (

    select
        invoice_id,
        {{ first_text('company_id') }} as company_id
    from invoice_companies
    group by invoice_id

),

invoices as (

    select
        native_invoices.id as invoice_id,
        coalesce(native_invoices.invoices_account_id, first_companies.company_id) as account_id,
        native_invoices.invoices_contract_id as contract_id,
        {{ coded('hubspot', 'invoice_status', 'native_invoices.hs_invoice_status') }} as status,
        -- a moment, as HubSpot keeps it; what other systems write there may be a day
        {{ business_day('native_invoices.hs_invoice_date') }} as issued_on,
        {{ business_day('native_invoices.invoices_paid_on') }} as paid_on,
        native_invoices.hs_amount_billed as amount,
        {{ native_currency('native_invoices.hs_currency') }} as currency,
        'invoices' as native_table,
        native_invoices.id as native_id,
        case
            when native_invoices.archived or native_invoices._fivetran_deleted then 'deleted'
            when lower(native_invoices.hs_invoice_status) = 'draft' then 'draft'
        end as excluded_because,
        1 as native_rows
    from native_invoices
    left join first_companies on native_invoices.id = first_companies.invoice_id

)

select * from invoices
