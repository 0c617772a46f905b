{# another rung's objects need not be there #}
{{ config(enabled=is_rung('salesforce', 'contracts_from', ['order'])) }}

with

native_orders as (

    {{ native_rows('salesforce', 'Order') }}

),

contracts as (

    select
        id as contract_id,
        account_id,
        opportunity_id,
        contracts_renewed_from_contract_id as renewed_from_contract_id,
        {{ coded('salesforce', 'contract_type', 'type') }} as contract_type,
        {{ coded('salesforce', 'contract_status', 'status') }} as status,
        contracts_signed_on as signed_on,
        effective_date as start_date,
        end_date,
        contracts_cancelled_on as cancelled_on,
        total_amount as total_value,
        contracts_one_time_fees as one_time_fees,
        {{ native_currency('currency_iso_code') }} as currency,
        coalesce(system_modstamp, last_modified_date) as updated_at,
        'Order' as native_table,
        id as native_id,
        case
            when is_deleted then 'deleted'
            when is_reduction_order then 'reduction_order'
        end as excluded_because,
        1 as native_rows
    from native_orders

)

select * from contracts
