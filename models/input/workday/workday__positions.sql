{%- do check_organization_types() -%}
with

native_workers as (

    {{ native_rows('workday', 'worker_history') }}

),

native_positions as (

    {{ native_rows('workday', 'worker_position_history') }}

),

reported_positions as (

    {{ native_rows('workday', 'positions') }}

),

-- the positions of an earlier stint count, though its row does not
employees as (

    select
        employee_id,
        native_id,
        nullif(excluded_because, 'earlier_stint') as excluded_because,
        max(
            case
                when coalesce(excluded_because, 'earlier_stint') = 'earlier_stint'
                    then {{ parse_date('hire_date') }}
            end
        ) over (partition by coalesce({{ clean_text('employee_id') }}, native_id)) as hired_on
    from {{ ref('workday__employees') }}

),

places as (

    select * from {{ ref('workday__position_organizations') }}

),

-- a worker is left out with all positions where each of the worker's rows is
workers as (

    select
        {{ clean_text('native_id') }} as worker_id,
        coalesce(
            min(case when excluded_because is null then employee_id end), min(employee_id)
        ) as employee_id,
        max(hired_on) as hired_on,
        case
            when count(*) = count(excluded_because) then min(excluded_because)
        end as excluded_because
    from employees
    group by {{ clean_text('native_id') }}

),

employees_left_out as (

    select
        {{ clean_text('employee_id') }} as employee_id,
        min(excluded_because) as excluded_because
    from employees
    group by {{ clean_text('employee_id') }}
    having count(*) = count(excluded_because)

),

-- old versions, and rows of an earlier stint, keep its end
ends_of_stints_before as (

    select distinct
        workers.worker_id,
        {{ parse_date('native_workers.termination_date') }} as ended_on
    from native_workers
    inner join workers on {{ clean_text('native_workers.id') }} = workers.worker_id
    where {{ parse_date('native_workers.termination_date') }} < workers.hired_on

),

-- a position without an end that began in an earlier stint ended with it
ends_of_positions as (

    select
        native_positions.worker_id,
        native_positions.start_date,
        min(ends_of_stints_before.ended_on) as ended_on
    from native_positions
    inner join ends_of_stints_before
        on
            {{ clean_text('native_positions.worker_id') }} = ends_of_stints_before.worker_id
            and {{ parse_date('native_positions.start_date') }} <= ends_of_stints_before.ended_on
    group by native_positions.worker_id, native_positions.start_date

),

-- start_date and end_date are the position's; effective_date and _fivetran_start are days of a
-- change and of a sync
positions as (

    select
        workers.employee_id,
        native_positions.position_id,
        places.department,
        places.team,
        native_positions.business_title as job_title,
        cast(null as {{ dbt.type_string() }}) as manager_employee_id,
        native_positions.start_date as valid_from,
        coalesce(
            native_positions.end_date, native_positions.end_employment_date,
            cast(ends_of_positions.ended_on as {{ dbt.type_string() }})
        ) as valid_to,
        'worker_position_history' as native_table,
        case
            when native_positions._fivetran_deleted then 'deleted'
            when {{ is_false('native_positions._fivetran_active') }} then 'old_version'
            when {{ is_label('native_positions.employee_type', setting('contractor_types')) }}
                then 'contractor'
            else workers.excluded_because
        end as excluded_because,
        case when places.place > 1 then 0 else 1 end as native_rows
    from native_positions
    left join workers on {{ clean_text('native_positions.worker_id') }} = workers.worker_id
    left join places
        on
            native_positions.worker_id = places.worker_id
            and native_positions.position_id = places.position_id
    left join ends_of_positions
        on
            native_positions.worker_id = ends_of_positions.worker_id
            and native_positions.start_date = ends_of_positions.start_date
    union all
    select
        reported_positions.employee_id,
        reported_positions.position_id,
        reported_positions.job_assignments_department as department,
        reported_positions.job_assignments_team as team,
        reported_positions.job_title,
        reported_positions.manager_id as manager_employee_id,
        reported_positions.start_date as valid_from,
        reported_positions.end_date as valid_to,
        'positions' as native_table,
        case
            when {{ is_label('reported_positions.worker_type', setting('contractor_types')) }}
                then 'contractor'
            else employees_left_out.excluded_because
        end as excluded_because,
        1 as native_rows
    from reported_positions
    left join employees_left_out
        on {{ clean_text('reported_positions.employee_id') }} = employees_left_out.employee_id

)

select * from positions
