{%- set second_jobs = setting('fields').get('second_jobs', 'secondJobs') -%}
with

native_employees as (

    {{ native_rows('bamboohr', 'employees') }}

),

native_jobs as (

    {{ native_rows('bamboohr', 'jobInfo') }}

),

native_second_jobs as (

    {{ native_rows('bamboohr', second_jobs) }}

),

native_statuses as (

    {{ native_rows('bamboohr', 'employmentStatus') }}

),

-- ids join the tables; HR and CRM mean the number
numbers_of_employees as (

    select
        id,
        min(employee_number) as employee_number
    from native_employees
    group by id

),

jobs as (

    select
        native_jobs.*,
        {{ parse_date(clean_text('date')) }} as starts_on
    from native_jobs

),

statuses as (

    select
        employee_id,
        lower(employment_status) = 'terminated' as is_termination,
        employment_status in {{ sql_list(setting('contractor_types')) }} as is_contractor,
        {{ parse_date(clean_text('date')) }} as status_on
    from native_statuses

),

-- a job ends the day before the next one, or with the stint in which it was held
jobs_with_next as (

    select
        jobs.*,
        lead(starts_on) over (partition by employee_id order by starts_on) as next_starts_on
    from jobs
    where starts_on is not null

),

ends_of_stints as (

    select
        jobs_with_next.employee_id,
        jobs_with_next.starts_on,
        min(statuses.status_on) as stint_ends_on
    from jobs_with_next
    inner join statuses
        on
            jobs_with_next.employee_id = statuses.employee_id
            and statuses.is_termination
            and jobs_with_next.starts_on <= statuses.status_on
    group by jobs_with_next.employee_id, jobs_with_next.starts_on

),

statuses_before_jobs as (

    select
        jobs_with_next.employee_id,
        jobs_with_next.starts_on,
        max(statuses.status_on) as status_on
    from jobs_with_next
    inner join statuses
        on
            jobs_with_next.employee_id = statuses.employee_id
            and jobs_with_next.starts_on >= statuses.status_on
            and not statuses.is_termination
    group by jobs_with_next.employee_id, jobs_with_next.starts_on

),

contractor_jobs as (

    select distinct
        statuses_before_jobs.employee_id,
        statuses_before_jobs.starts_on
    from statuses_before_jobs
    inner join statuses
        on
            statuses_before_jobs.employee_id = statuses.employee_id
            and statuses_before_jobs.status_on = statuses.status_on
            and statuses.is_contractor

),

dated_jobs as (

    select
        jobs_with_next.employee_id,
        jobs_with_next.job_assignments_department as department,
        jobs_with_next.job_assignments_team as team,
        jobs_with_next.job_title,
        jobs_with_next.reports_to,
        jobs_with_next.date as valid_from,
        cast(
            least(
                {{ day_before('jobs_with_next.next_starts_on') }}, ends_of_stints.stint_ends_on
            ) as {{ dbt.type_string() }}
        ) as valid_to,
        'jobInfo' as native_table,
        case
            when contractor_jobs.employee_id is not null then 'contractor'
            when jobs_with_next.job_assignments_department is null then 'no_department'
        end as excluded_because
    from jobs_with_next
    left join ends_of_stints
        on
            jobs_with_next.employee_id = ends_of_stints.employee_id
            and jobs_with_next.starts_on = ends_of_stints.starts_on
    left join contractor_jobs
        on
            jobs_with_next.employee_id = contractor_jobs.employee_id
            and jobs_with_next.starts_on = contractor_jobs.starts_on

),

all_jobs as (

    select * from dated_jobs
    union all
    select
        employee_id,
        job_assignments_department as department,
        job_assignments_team as team,
        job_title,
        reports_to,
        date as valid_from,
        cast(null as {{ dbt.type_string() }}) as valid_to,
        'jobInfo' as native_table,
        cast(null as {{ dbt.type_string() }}) as excluded_because
    from jobs
    where starts_on is null
    union all
    select
        employee_id,
        department,
        division as team,
        job_title,
        reports_to,
        start_date as valid_from,
        end_date as valid_to,
        '{{ second_jobs }}' as native_table,
        cast(null as {{ dbt.type_string() }}) as excluded_because
    from native_second_jobs

),

job_assignments as (

    select
        numbers_of_employees.employee_number as employee_id,
        all_jobs.department,
        all_jobs.team,
        all_jobs.job_title,
        all_jobs.reports_to as manager_employee_id,
        all_jobs.valid_from,
        all_jobs.valid_to,
        all_jobs.native_table,
        all_jobs.employee_id as native_id,
        all_jobs.excluded_because,
        1 as native_rows
    from all_jobs
    left join numbers_of_employees on all_jobs.employee_id = numbers_of_employees.id

)

select * from job_assignments
