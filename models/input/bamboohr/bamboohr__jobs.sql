{%- set second_jobs = setting('fields').get('second_jobs', 'secondJobs') -%}
with

native_jobs as (

    {{ native_rows('bamboohr', 'jobInfo') }}

),

native_second_jobs as (

    {{ native_rows('bamboohr', second_jobs) }}

),

days_of_jobs as (

    select distinct
        {{ clean_text('employee_id') }} as native_id,
        {{ parse_date(clean_text('date')) }} as starts_on
    from native_jobs

),

-- two rows of one day end together: which one was meant, nobody can say
days_with_next as (

    select
        native_id,
        starts_on,
        lead(starts_on) over (partition by native_id order by starts_on) as next_starts_on
    from days_of_jobs
    where starts_on is not null

),

-- a job ends the day before the next one; no department is no job
jobs as (

    select
        {{ clean_text('native_jobs.employee_id') }} as native_id,
        native_jobs.job_assignments_department as department,
        native_jobs.job_assignments_team as team,
        native_jobs.job_title,
        native_jobs.reports_to,
        native_jobs.date as valid_from,
        cast(
            {{ day_before('days_with_next.next_starts_on') }} as {{ dbt.type_string() }}
        ) as valid_to,
        'jobInfo' as native_table,
        case
            when native_jobs.job_assignments_department is null then 'no_department'
        end as excluded_because
    from native_jobs
    left join days_with_next
        on
            {{ clean_text('native_jobs.employee_id') }} = days_with_next.native_id
            and {{ parse_date(clean_text('native_jobs.date')) }} = days_with_next.starts_on
    union all
    select
        {{ clean_text('employee_id') }} as native_id,
        department,
        division as team,
        job_title,
        reports_to,
        start_date as valid_from,
        end_date as valid_to,
        '{{ second_jobs }}' as native_table,
        case when department is null then 'no_department' end as excluded_because
    from native_second_jobs

)

select * from jobs
