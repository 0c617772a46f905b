{%- set invoice = setting('fields').get('invoices', 'INVOICE') -%}
{%- set client = setting('fields').get('clients', 'CLCARD') -%}
with

native_invoices as (

    {{ native_rows('logo', invoice) }}

),

clients as (

    {{ native_rows('logo', client) }}

),

accounts as (

    select
        {{ clean_text('erp_code') }} as erp_code,
        {{ first_text('account_id') }} as account_id
    from {{ ref(setting('crm_source') ~ '__accounts') }}
    where excluded_because is null
    group by 1

),

-- a client that the CRM does not know is a customer under its code
clients_with_account as (

    select
        clients.logicalref as client_id,
        {{ first_text('coalesce(accounts.account_id, clients.code)') }} as account_id
    from clients
    left join accounts on clients.code = accounts.erp_code
    group by clients.logicalref

),

-- 7, 8 and 9 are sales, 2 and 3 are goods that came back
invoices as (

    select
        native_invoices.logicalref as invoice_id,
        clients_with_account.account_id,
        native_invoices.invoices_contract_id as contract_id,
        case
            when native_invoices.cancelled then 'void'
            when native_invoices.invoices_paid_on is null then 'open'
            else 'paid'
        end as status,
        native_invoices.date_ as issued_on,
        native_invoices.invoices_paid_on as paid_on,
        case when native_invoices.trcode in ('2', '3') then '-' else '' end || native_invoices.nettotal as amount,
        '{{ setting("source_currency") or "" }}' as currency,
        '{{ invoice }}' as native_table,
        native_invoices.logicalref as native_id,
        case when native_invoices.trcode not in ('2', '3', '7', '8', '9') then 'not_a_sale' end as excluded_because,
        1 as native_rows
    from native_invoices
    left join clients_with_account on native_invoices.clientref = clients_with_account.client_id

)

select * from invoices
