{# another rung's objects need not be there #}
{{ config(enabled=is_rung('salesforce', 'contracts_from', ['subscription'])) }}
{% do check_contract_type('SBQQ__Subscription__c') %}

with

native_subscriptions as (

    {{ native_rows('salesforce', 'SBQQ__Subscription__c') }}

),

contracts as (

    select
        id as contract_id,
        sbqq_account_c as account_id,
        contracts_opportunity_id as opportunity_id,
        contracts_renewed_from_contract_id as renewed_from_contract_id,
        {{ coded('salesforce', 'contract_type', 'contracts_contract_type') }} as contract_type,
        case when sbqq_terminated_date_c is null then 'active' else 'cancelled' end as status,
        contracts_signed_on as signed_on,
        sbqq_start_date_c as start_date,
        sbqq_end_date_c as end_date,
        sbqq_terminated_date_c as cancelled_on,
        contracts_total_value as total_value,
        contracts_one_time_fees as one_time_fees,
        {{ native_currency('currency_iso_code') }} as currency,
        coalesce(system_modstamp, last_modified_date) as updated_at,
        'SBQQ__Subscription__c' as native_table,
        id as native_id,
        case when is_deleted then 'deleted' end as excluded_because,
        1 as native_rows
    from native_subscriptions

)

select * from contracts
