{# another rung's objects need not be there #}
{{ config(enabled=is_rung('salesforce', 'referrals_from', ['native'])) }}

{%- set object = setting('fields').get('referrals', 'Referral__c') %}
with

native_referrals as (

    {{ native_rows('salesforce', object) }}

),

referrals as (

    select
        id as referral_id,
        referrals_referring_account_id as referring_account_id,
        referrals_referred_lead_id as referred_lead_id,
        referrals_referred_on as referred_on,
        '{{ object }}' as native_table,
        id as native_id,
        case when is_deleted then 'deleted' end as excluded_because,
        1 as native_rows
    from native_referrals

)

select * from referrals
