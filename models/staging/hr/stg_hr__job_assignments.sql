with

checked_job_assignments as (

    select * from {{ ref('base_hr__job_assignments') }}

),

accepted_job_assignments as (

    select
        employee_id,
        department,
        team,
        job_title,
        manager_employee_id,
        valid_from,
        valid_to
    from checked_job_assignments
    where reject_reasons is null

)

select * from accepted_job_assignments
