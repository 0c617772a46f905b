with

referrals as (

    select * from {{ ref('stg_crm__referrals') }}

),

merged_leads as (

    select * from {{ ref('int_merged_leads') }}

),

leads as (

    select * from {{ ref('fct_leads') }}

),

contracts as (

    select * from {{ ref('fct_contracts') }}

),

referrals_with_lead as (

    select
        referrals.referral_id,
        referrals.referring_account_id,
        referrals.referred_on,
        coalesce(merged_leads.surviving_lead_id, referrals.referred_lead_id) as lead_id
    from referrals
    left join merged_leads on referrals.referred_lead_id = merged_leads.lead_id
    where referrals.referred_on <= {{ sql_date('as_of_date') }}

),

referrals_by_customers as (

    select distinct referrals_with_lead.referral_id
    from referrals_with_lead
    inner join contracts
        on
            referrals_with_lead.referring_account_id = contracts.account_id
            and referrals_with_lead.referred_on >= contracts.start_date
            and (
                contracts.active_through is null
                or referrals_with_lead.referred_on <= contracts.active_through
            )

),

-- left join: a referral of a lead that is not there counts, but is never won
judged_referrals as (

    select
        referrals_with_lead.*,
        coalesce(leads.outcome = 'won', false) as is_won,
        referrals_by_customers.referral_id is not null as is_by_customer,
        coalesce(referrals_with_lead.referring_account_id = leads.converted_account_id, false)
            as is_of_oneself
    from referrals_with_lead
    left join referrals_by_customers
        on referrals_with_lead.referral_id = referrals_by_customers.referral_id
    left join leads on referrals_with_lead.lead_id = leads.lead_id

),

-- of several that count for one lead only the first does
ranked_referrals as (

    select
        *,
        row_number() over (
            partition by lead_id, is_by_customer and not is_of_oneself
            order by referred_on, {{ by_code_point('referral_id') }}
        ) as place_for_lead
    from judged_referrals

),

referrals_with_verdict as (

    select
        referral_id,
        referring_account_id,
        lead_id,
        referred_on,
        is_by_customer,
        is_of_oneself,
        is_by_customer and not is_of_oneself and place_for_lead = 1 as is_counted,
        is_won
    from ranked_referrals

)

select * from referrals_with_verdict
