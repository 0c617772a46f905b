{{ config(enabled=is_rung('hubspot', 'contracts_from')) }}

{%- set rung = setting('contracts_from') %}
with

{% if rung == 'native' -%}
contracts as (

    select * from {{ ref('hubspot__contracts_from_native') }}

)
{%- else -%}
contracts_of_deals as (

    select
        contracts.*,
        {{ parse_date('contracts.start_date') }} as starts_on,
        case
            when contracts.end_date is null then date '9999-12-31'
            else {{ parse_date('contracts.end_date') }}
        end as ends_on
    from {{ ref('hubspot__contracts_from_' ~ rung) }} as contracts

),

{{ renewed_contracts('contracts_of_deals') }},

contracts as (

    select
        contracts_of_deals.contract_id,
        contracts_of_deals.account_id,
        contracts_of_deals.opportunity_id,
        renewed_contracts.renewed_from_contract_id,
        contracts_of_deals.contract_type,
        contracts_of_deals.status,
        contracts_of_deals.signed_on,
        contracts_of_deals.start_date,
        contracts_of_deals.end_date,
        contracts_of_deals.cancelled_on,
        contracts_of_deals.total_value,
        contracts_of_deals.one_time_fees,
        contracts_of_deals.currency,
        contracts_of_deals.updated_at,
        contracts_of_deals.native_table,
        contracts_of_deals.native_id,
        contracts_of_deals.excluded_because,
        contracts_of_deals.native_rows
    from contracts_of_deals
    left join renewed_contracts on contracts_of_deals.contract_id = renewed_contracts.contract_id

)
{%- endif %}

select * from contracts
