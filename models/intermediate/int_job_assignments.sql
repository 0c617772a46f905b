with

job_assignments as (

    select * from {{ ref('stg_hr__job_assignments') }}

),

employees as (

    select * from {{ ref('stg_hr__employees') }}

),

-- left join: an assignment of an employee who is not in the extract counts, without a termination
assignments_with_end as (

    select
        job_assignments.employee_id,
        job_assignments.department,
        job_assignments.team,
        job_assignments.valid_from,
        coalesce(
            least(job_assignments.valid_to, employees.termination_date), date '9999-12-31'
        ) as ends_on,
        job_assignments.department in {{ sql_list(setting('sales_departments')) }} as is_sales
    from job_assignments
    left join employees on job_assignments.employee_id = employees.employee_id

),

assignments_that_ran as (

    select * from assignments_with_end
    where ends_on >= valid_from

)

select * from assignments_that_ran
