with

native_employees as (

    {{ native_rows('bamboohr', 'employees') }}

),

standings as (

    select * from {{ ref('bamboohr__standings') }}

),

last_standings as (

    select * from standings
    where is_last

),

-- who was hired after a time as a contractor counts
contractors as (

    select native_id
    from standings
    where standing <> 'terminated'
    group by native_id
    having min(case when standing = 'contractor' then 1 else 0 end) = 1

),

-- at a rehire hireDate is the new one, and the end of the stint before stands in employmentStatus
-- alone; a last day that is none goes through
employees_with_end as (

    select
        native_employees.employee_number as employee_id,
        native_employees.display_name as full_name,
        native_employees.work_email as email,
        native_employees.mobile_phone as phone,
        native_employees.hire_date,
        case
            when
                native_employees.termination_date is not null
                and {{ parse_date('native_employees.termination_date') }} is null
                then native_employees.termination_date
            when last_standings.standing = 'terminated'
                then cast(last_standings.terminated_on as {{ dbt.type_string() }})
            when
                {{ parse_date('native_employees.termination_date') }} < last_standings.starts_on
                or {{ parse_date('native_employees.termination_date') }}
                < {{ parse_date('native_employees.hire_date') }}
                then cast(null as {{ dbt.type_string() }})
            else native_employees.termination_date
        end as termination_date,
        case
            when last_standings.termination_type is not null
                then
                    {{ coded('bamboohr', 'termination_reason', 'last_standings.termination_type') }}
        end as termination_reason,
        native_employees.employees_annual_salary as annual_salary,
        native_employees.last_changed as updated_at,
        'employees' as native_table,
        native_employees.id as native_id,
        case when contractors.native_id is not null then 'contractor' end as excluded_because
    from native_employees
    left join last_standings on {{ clean_text('native_employees.id') }} = last_standings.native_id
    left join contractors on {{ clean_text('native_employees.id') }} = contractors.native_id

),

{{ last_stints('employees_with_end') }}

select * from employees
