{# another rung's objects need not be there #}
{{ config(enabled=is_rung('hubspot', 'referrals_from', ['lead'])) }}

with

leads as (

    select * from {{ ref('hubspot__leads') }}

),

-- the record itself is counted among the leads
referrals as (

    select
        lead_id as referral_id,
        referring_account_id,
        lead_id as referred_lead_id,
        referred_on,
        native_table,
        native_id,
        excluded_because,
        0 as native_rows
    from leads
    where excluded_because is null and referring_account_id is not null

)

select * from referrals
