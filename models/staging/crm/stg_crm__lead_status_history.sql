with

checked_status_changes as (

    select * from {{ ref('base_crm__lead_status_history') }}

),

accepted_status_changes as (

    select
        lead_id,
        status,
        changed_at
    from checked_status_changes
    where reject_reasons is null

)

select * from accepted_status_changes
