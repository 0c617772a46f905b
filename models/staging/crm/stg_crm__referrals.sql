with

checked_referrals as (

    select * from {{ ref('base_crm__referrals') }}

),

accepted_referrals as (

    select
        referral_id,
        referring_account_id,
        referred_lead_id,
        referred_on
    from checked_referrals
    where reject_reasons is null

)

select * from accepted_referrals
