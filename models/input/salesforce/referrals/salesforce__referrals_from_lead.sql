{# another rung's objects need not be there #}
{{ config(enabled=is_rung('salesforce', 'referrals_from', ['lead'])) }}

with

leads as (

    select * from {{ ref('salesforce__leads') }}

),

-- a lead's source may say "referral" and names nobody; the lookup does
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
    where referring_account_id is not null

)

select * from referrals
