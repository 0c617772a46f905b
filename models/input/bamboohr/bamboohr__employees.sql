with

native_employees as (

    {{ native_rows('bamboohr', 'employees') }}

),

native_statuses as (

    {{ native_rows('bamboohr', 'employmentStatus') }}

),

-- a contractor was never anything else; who was hired later counts
statuses_of_employees as (

    select
        employee_id,
        bool_and(employment_status in {{ sql_list(setting('contractor_types')) }}) as is_contractor
    from native_statuses
    where lower(employment_status) <> 'terminated'
    group by employee_id

),

terminations as (

    select
        employee_id,
        date as terminated_on,
        min(termination_type_id) as termination_type
    from native_statuses
    where lower(employment_status) = 'terminated'
    group by employee_id, date

),

-- at a rehire hireDate is the new one, and the end of the first stint stands in employmentStatus alone
employees as (

    select
        native_employees.employee_number as employee_id,
        native_employees.display_name as full_name,
        native_employees.work_email as email,
        native_employees.mobile_phone as phone,
        native_employees.hire_date,
        native_employees.termination_date,
        case
            when terminations.termination_type is not null
                then {{ coded('bamboohr', 'termination_reason', 'terminations.termination_type') }}
        end as termination_reason,
        native_employees.pay_rate as annual_salary,
        native_employees.last_changed as updated_at,
        'employees' as native_table,
        native_employees.id as native_id,
        case when statuses_of_employees.is_contractor then 'contractor' end as excluded_because,
        1 as native_rows
    from native_employees
    left join statuses_of_employees on native_employees.id = statuses_of_employees.employee_id
    left join terminations
        on
            native_employees.id = terminations.employee_id
            and native_employees.termination_date = terminations.terminated_on

)

select * from employees
