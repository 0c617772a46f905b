with

native_employees as (

    {{ native_rows('bamboohr', 'employees') }}

),

jobs as (

    select * from {{ ref('bamboohr__jobs') }}

),

standings as (

    select * from {{ ref('bamboohr__standings') }}

),

-- ids join the tables; HR and CRM mean the number
employees as (

    select
        {{ clean_text('id') }} as native_id,
        min(employee_number) as employee_number,
        min(display_name) as display_name
    from native_employees
    group by {{ clean_text('id') }}

),

-- the API gives a manager's name, an export may have the id; a name that two have tells nothing
names_of_managers as (

    select
        native_id as reports_to,
        employee_number
    from employees
    union all
    select
        display_name as reports_to,
        employee_number
    from employees

),

managers as (

    select
        reports_to,
        min(employee_number) as employee_number
    from names_of_managers
    group by reports_to
    having count(*) = 1

),

dated_jobs as (

    select
        *,
        {{ parse_date(clean_text('valid_from')) }} as starts_on,
        case
            when valid_to is null then date '9999-12-31'
            else {{ parse_date(clean_text('valid_to')) }}
        end as ends_on
    from jobs

),

-- a job ends with the stint in which it was held, and goes on with the next one unless another job
-- begins then
parts_of_jobs as (

    select
        dated_jobs.*,
        greatest(dated_jobs.starts_on, standings.starts_on) as part_starts_on,
        least(dated_jobs.ends_on, standings.ends_on) as part_ends_on,
        coalesce(standings.starts_on <= dated_jobs.starts_on, true) as is_first_part,
        coalesce(
            dated_jobs.excluded_because,
            case standings.standing
                when 'contractor' then 'contractor'
                when 'terminated' then 'after_termination'
            end
        ) as part_excluded_because
    from dated_jobs
    left join standings
        on
            dated_jobs.native_id = standings.native_id
            and dated_jobs.starts_on <= dated_jobs.ends_on
            and dated_jobs.starts_on <= standings.ends_on
            and dated_jobs.ends_on >= standings.starts_on

),

-- what has no days to compare goes through as it is; a part that does not count is left out with
-- its row
job_assignments as (

    select
        employees.employee_number as employee_id,
        parts_of_jobs.department,
        parts_of_jobs.team,
        parts_of_jobs.job_title,
        coalesce(managers.employee_number, parts_of_jobs.reports_to) as manager_employee_id,
        coalesce(
            cast(parts_of_jobs.part_starts_on as {{ dbt.type_string() }}), parts_of_jobs.valid_from
        ) as valid_from,
        case
            when parts_of_jobs.part_ends_on is null then parts_of_jobs.valid_to
            when parts_of_jobs.part_ends_on < date '9999-01-01'
                then cast(parts_of_jobs.part_ends_on as {{ dbt.type_string() }})
        end as valid_to,
        parts_of_jobs.native_table,
        parts_of_jobs.native_id,
        parts_of_jobs.part_excluded_because as excluded_because,
        case when parts_of_jobs.is_first_part then 1 else 0 end as native_rows
    from parts_of_jobs
    left join employees on parts_of_jobs.native_id = employees.native_id
    left join managers on parts_of_jobs.reports_to = managers.reports_to
    where parts_of_jobs.is_first_part or parts_of_jobs.part_excluded_because is null

)

select * from job_assignments
