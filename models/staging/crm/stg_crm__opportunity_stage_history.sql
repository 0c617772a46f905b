with

checked_stage_changes as (

    select * from {{ ref('base_crm__opportunity_stage_history') }}

),

accepted_stage_changes as (

    select
        opportunity_id,
        stage,
        changed_at
    from checked_stage_changes
    where reject_reasons is null

)

select * from accepted_stage_changes
