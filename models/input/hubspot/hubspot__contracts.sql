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
        {{ parse_date('start_date') }} as starts_on
    from {{ ref('hubspot__contracts_from_' ~ rung) }} as contracts

),

-- deals do not say what they renew: the account's contract that ended last, an open-ended one above
-- all
earlier_contracts as (

    select
        renewals.contract_id,
        earlier.contract_id as renewed_from_contract_id,
        row_number() over (
            partition by renewals.contract_id
            order by
                {{ by_code_point("coalesce(earlier.end_date, '9999')") }} desc,
                {{ by_code_point('earlier.contract_id') }}
        ) as place
    from contracts_of_deals as renewals
    inner join contracts_of_deals as earlier
        on
            renewals.account_id = earlier.account_id
            and renewals.contract_type = 'renewal'
            and renewals.starts_on > earlier.starts_on
            and earlier.excluded_because is null

),

contracts as (

    select
        contracts_of_deals.contract_id,
        contracts_of_deals.account_id,
        contracts_of_deals.opportunity_id,
        earlier_contracts.renewed_from_contract_id,
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
    left join earlier_contracts
        on
            contracts_of_deals.contract_id = earlier_contracts.contract_id
            and earlier_contracts.place = 1

)
{%- endif %}

select * from contracts
