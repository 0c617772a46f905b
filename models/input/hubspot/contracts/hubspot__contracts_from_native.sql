{# another rung's objects need not be there #}
{{ config(enabled=is_rung('hubspot', 'contracts_from', ['native'])) }}

{%- set object = setting('fields').get('contracts', 'contracts') %}
with

native_contracts as (

    {{ native_rows('hubspot', object) }}

),

contract_companies as (

    {{ native_rows('hubspot', 'contract_companies') }}

),

first_companies as (

    select
        contract_id,
        {{ first_text('company_id') }} as company_id
    from contract_companies
    group by contract_id

),

contracts as (

    select
        native_contracts.id as contract_id,
        coalesce(native_contracts.contracts_account_id, first_companies.company_id) as account_id,
        native_contracts.contracts_opportunity_id as opportunity_id,
        native_contracts.contracts_renewed_from_contract_id as renewed_from_contract_id,
        {{ coded('hubspot', 'contract_type', 'native_contracts.contracts_contract_type') }}
            as contract_type,
        {{ coded('hubspot', 'contract_status', 'native_contracts.contracts_status') }} as status,
        native_contracts.contracts_signed_on as signed_on,
        native_contracts.contracts_start_date as start_date,
        native_contracts.contracts_end_date as end_date,
        native_contracts.contracts_cancelled_on as cancelled_on,
        native_contracts.contracts_total_value as total_value,
        native_contracts.contracts_one_time_fees as one_time_fees,
        {{ native_currency('native_contracts.contracts_currency') }} as currency,
        native_contracts.hs_lastmodifieddate as updated_at,
        '{{ object }}' as native_table,
        native_contracts.id as native_id,
        case when native_contracts.archived or native_contracts._fivetran_deleted then 'deleted' end
            as excluded_because,
        1 as native_rows
    from native_contracts
    left join first_companies on native_contracts.id = first_companies.contract_id

)

select * from contracts
