with

checked_employees as (

    select * from {{ ref('base_hr__employees') }}

),

accepted_employees as (

    select
        employee_id,
        full_name,
        email,
        phone,
        hire_date,
        termination_date,
        termination_reason,
        annual_salary,
        updated_at
    from checked_employees
    where reject_reasons is null

)

select * from accepted_employees
