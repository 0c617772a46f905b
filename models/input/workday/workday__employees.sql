with

native_workers as (

    {{ native_rows('workday', 'worker_history') }}

),

native_positions as (

    {{ native_rows('workday', 'worker_position_history') }}

),

reported_workers as (

    {{ native_rows('workday', 'workers') }}

),

people as (

    select * from {{ ref('workday__people') }}

),

-- Fivetran's tables say of positions alone what somebody is employed as
contractors as (

    select worker_id
    from native_positions
    where
        not {{ is_false('_fivetran_active') }}
        and not _fivetran_deleted
    group by worker_id
    having
        min(
            case
                when {{ is_label('employee_type', setting('contractor_types')) }}
                    then 1
                else 0
            end
        ) = 1

),

-- hire_date is the last hire's, a first stint's is another column; the last day of work may be
-- weeks before the last day employed
workers as (

    select
        native_workers.worker_code as employee_id,
        people.full_name,
        people.email,
        cast(null as {{ dbt.type_string() }}) as phone,
        native_workers.hire_date,
        native_workers.termination_date,
        native_workers.terminated,
        native_workers.primary_termination_category as termination_category,
        cast(null as {{ dbt.type_string() }}) as annual_salary,
        native_workers.last_updated as updated_at,
        'worker_history' as native_table,
        native_workers.id as native_id,
        case
            when native_workers._fivetran_deleted then 'deleted'
            when {{ is_false('native_workers._fivetran_active') }} then 'old_version'
            when native_workers.hire_rescinded then 'hire_rescinded'
            when contractors.worker_id is not null then 'contractor'
        end as excluded_because
    from native_workers
    left join people on native_workers.id = people.worker_id
    left join contractors on native_workers.id = contractors.worker_id
    union all
    select
        employee_id,
        legal_name as full_name,
        email,
        phone,
        hire_date,
        termination_date,
        terminated,
        termination_category,
        annual_salary,
        last_updated as updated_at,
        'workers' as native_table,
        employee_id as native_id,
        case
            when hire_rescinded then 'hire_rescinded'
            when {{ is_label('worker_type', setting('contractor_types')) }} then 'contractor'
        end as excluded_because
    from reported_workers

),

-- who has come back may still carry the end of the stint before, unless the flag says that the end
-- is the last one's
workers_with_stint as (

    select
        *,
        coalesce(
            not {{ is_true('terminated') }}
            and {{ parse_date('termination_date') }} < {{ parse_date('hire_date') }}, false
        ) as is_end_of_stint_before
    from workers

),

-- the category says why somebody left; the flag termination_involuntary would make a death a
-- resignation
employees_with_end as (

    select
        employee_id,
        full_name,
        email,
        phone,
        hire_date,
        case when not is_end_of_stint_before then termination_date end as termination_date,
        case
            when termination_category is not null and not is_end_of_stint_before
                then {{ coded('workday', 'termination_reason', 'termination_category') }}
        end as termination_reason,
        annual_salary,
        updated_at,
        native_table,
        native_id,
        excluded_because
    from workers_with_stint

),

{{ last_stints('employees_with_end') }}

select * from employees
