{# another rung's objects need not be there #}
{{ config(enabled=is_rung('salesforce', 'contracts_from', ['contract'])) }}
{% do check_contract_type('Contract') %}

with

native_contracts as (

    {{ native_rows('salesforce', 'Contract') }}

),

contracts as (

    select
        id as contract_id,
        account_id,
        contracts_opportunity_id as opportunity_id,
        contracts_renewed_from_contract_id as renewed_from_contract_id,
        {{ coded('salesforce', 'contract_type', 'contracts_contract_type') }} as contract_type,
        {{ coded('salesforce', 'contract_status', 'status') }} as status,
        coalesce(contracts_signed_on, customer_signed_date, company_signed_date) as signed_on,
        start_date,
        end_date,
        contracts_cancelled_on as cancelled_on,
        contracts_total_value as total_value,
        contracts_one_time_fees as one_time_fees,
        {{ native_currency('currency_iso_code') }} as currency,
        coalesce(system_modstamp, last_modified_date) as updated_at,
        'Contract' as native_table,
        id as native_id,
        case when is_deleted then 'deleted' end as excluded_because,
        1 as native_rows
    from native_contracts

)

select * from contracts
