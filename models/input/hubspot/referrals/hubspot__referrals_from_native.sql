{# another rung's objects need not be there #}
{{ config(enabled=is_rung('hubspot', 'referrals_from', ['native'])) }}

{%- set object = setting('fields').get('referrals', 'referrals') %}
with

lead_keys as (

    select * from {{ ref('hubspot__lead_keys') }}
    where place = 1

),

native_referrals as (

    {{ native_rows('hubspot', object) }}

),

-- the object may name a lead or a contact, whose ids are not unique among both: a lead's is first;
-- left join: a referral of somebody who is no lead counts, and is never won
referrals as (

    select
        native_referrals.id as referral_id,
        native_referrals.referrals_referring_account_id as referring_account_id,
        coalesce(
            leads_named.lead_id, leads_of_contacts.lead_id,
            native_referrals.referrals_referred_lead_id
        ) as referred_lead_id,
        native_referrals.referrals_referred_on as referred_on,
        '{{ object }}' as native_table,
        native_referrals.id as native_id,
        case when native_referrals.archived or native_referrals._fivetran_deleted then 'deleted' end
            as excluded_because,
        1 as native_rows
    from native_referrals
    left join lead_keys as leads_named
        on
            native_referrals.referrals_referred_lead_id = leads_named.native_id
            and leads_named.native_table = 'leads'
    left join lead_keys as leads_of_contacts
        on
            native_referrals.referrals_referred_lead_id = leads_of_contacts.native_id
            and leads_of_contacts.native_table = 'contacts'

)

select * from referrals
