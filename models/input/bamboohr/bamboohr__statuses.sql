with

native_employees as (

    {{ native_rows('bamboohr', 'employees') }}

),

native_statuses as (

    {{ native_rows('bamboohr', 'employmentStatus') }}

),

{% set last_day = parse_date('termination_date') -%}
employees as (

    select
        {{ clean_text('id') }} as native_id,
        max({{ parse_date('hire_date') }}) as hired_on,
        max(case when {{ last_day }} < date '9999-01-01' then {{ last_day }} end) as terminated_on
    from native_employees
    group by {{ clean_text('id') }}

),

statuses as (

    select
        {{ clean_text('employee_id') }} as native_id,
        case
            when {{ is_label('employment_status', ['terminated']) }} then 'terminated'
            when {{ is_label('employment_status', setting('contractor_types')) }} then 'contractor'
            else 'employed'
        end as standing,
        {{ parse_date('date') }} as status_on,
        termination_type_id as termination_type
    from native_statuses
    where employment_status is not null and {{ parse_date('date') }} is not null

),

statuses_with_employee as (

    select
        statuses.*,
        employees.terminated_on as employee_terminated_on,
        coalesce(
            statuses.status_on = employees.hired_on
            and statuses.status_on > min(statuses.status_on) over (partition by statuses.native_id)
            and statuses.status_on <> coalesce(employees.terminated_on, date '1900-01-01'), false
        ) as is_day_of_rehire
    from statuses
    left join employees on statuses.native_id = employees.native_id

),

-- who was hired and left on one day has left, who left and was hired again has not
numbered_statuses as (

    select
        *,
        row_number() over (
            partition by native_id
            order by
                status_on,
                case
                    when standing = 'terminated' and is_day_of_rehire then 0
                    when standing = 'contractor' then 1
                    when standing = 'employed' then 2
                    else 3
                end,
                {{ by_code_point('termination_type') }}
        ) as status_number
    from statuses_with_employee

),

-- a job may be older than the first status
statuses_from_the_start as (

    select
        native_id,
        standing,
        status_on,
        termination_type,
        employee_terminated_on,
        status_number
    from numbered_statuses
    union all
    select
        native_id,
        case when standing = 'terminated' then 'employed' else standing end as standing,
        date '1900-01-01' as status_on,
        cast(null as {{ dbt.type_string() }}) as termination_type,
        employee_terminated_on,
        0 as status_number
    from numbered_statuses
    where status_number = 1

)

select * from statuses_from_the_start
