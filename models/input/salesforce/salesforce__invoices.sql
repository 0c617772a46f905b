{{ config(enabled=is_rung('salesforce', 'invoices_from', ['native'])) }}

{%- set object = setting('fields').get('invoices', 'Invoice__c') -%}
with

native_invoices as (

    {{ native_rows('salesforce', object) }}

),

invoices as (

    select
        id as invoice_id,
        invoices_account_id as account_id,
        invoices_contract_id as contract_id,
        {{ coded('salesforce', 'invoice_status', 'invoices_status') }} as status,
        invoices_issued_on as issued_on,
        invoices_paid_on as paid_on,
        invoices_amount as amount,
        {{ native_currency('currency_iso_code') }} as currency,
        '{{ object }}' as native_table,
        id as native_id,
        case when is_deleted then 'deleted' end as excluded_because,
        1 as native_rows
    from native_invoices

)

select * from invoices
