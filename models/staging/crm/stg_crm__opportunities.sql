with

checked_opportunities as (

    select * from {{ ref('base_crm__opportunities') }}

),

accepted_opportunities as (

    select
        opportunity_id,
        account_id,
        lead_id,
        owner_user_id,
        opportunity_type,
        stage,
        amount,
        currency,
        created_at,
        closed_at,
        updated_at
    from checked_opportunities
    where reject_reasons is null

)

select * from accepted_opportunities
