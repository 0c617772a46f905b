with

checked_activities as (

    select * from {{ ref('base_crm__activities') }}

),

accepted_activities as (

    select
        activity_id,
        activity_type,
        status,
        user_id,
        lead_id,
        opportunity_id,
        account_id,
        occurred_at
    from checked_activities
    where reject_reasons is null

)

select * from accepted_activities
