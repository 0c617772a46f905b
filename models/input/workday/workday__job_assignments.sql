with

versions_of_workers as (

    {{ native_rows('workday', 'worker_history') }}

),

versions_of_positions as (

    {{ native_rows('workday', 'worker_position_history') }}

),

versions_of_memberships as (

    {{ native_rows('workday', 'worker_position_organization_history') }}

),

organizations as (

    {{ native_rows('workday', 'organization') }}

),

reported_positions as (

    {{ native_rows('workday', 'positions') }}

),

-- all versions of a worker have one code
codes_of_workers as (

    select
        id as worker_id,
        min(worker_code) as employee_id
    from versions_of_workers
    group by id

),

-- no day says since when a position belongs to an organisation: what holds now is taken for all of it
organizations_of_positions as (

    select
        versions_of_memberships.worker_id,
        versions_of_memberships.position_id,
        min(
            case when organizations.type in {{ sql_list([setting('department_organization_type')]) }}
                then organizations.name end
        ) as department,
        min(
            case when organizations.type in {{ sql_list([setting('team_organization_type')]) }}
                then organizations.name end
        ) as team
    from versions_of_memberships
    inner join organizations on versions_of_memberships.organization_id = organizations.id
    where
        not {{ is_false('versions_of_memberships._fivetran_active') }}
        and not versions_of_memberships._fivetran_deleted
    group by versions_of_memberships.worker_id, versions_of_memberships.position_id

),

-- start_date and end_date are the position's; effective_date and _fivetran_start are days of a change and of a sync
positions as (

    select
        codes_of_workers.employee_id,
        versions_of_positions.position_id,
        organizations_of_positions.department,
        organizations_of_positions.team,
        versions_of_positions.business_title as job_title,
        cast(null as {{ dbt.type_string() }}) as manager_employee_id,
        versions_of_positions.start_date as valid_from,
        versions_of_positions.end_date as valid_to,
        'worker_position_history' as native_table,
        case
            when versions_of_positions._fivetran_deleted then 'deleted'
            when {{ is_false('versions_of_positions._fivetran_active') }} then 'old_version'
            when versions_of_positions.hire_rescinded then 'hire_rescinded'
            when versions_of_positions.employee_type in {{ sql_list(setting('contractor_types')) }}
                then 'contractor'
        end as excluded_because
    from versions_of_positions
    left join codes_of_workers on versions_of_positions.worker_id = codes_of_workers.worker_id
    left join organizations_of_positions
        on
            versions_of_positions.worker_id = organizations_of_positions.worker_id
            and versions_of_positions.position_id = organizations_of_positions.position_id
    union all
    select
        employee_id,
        position_id,
        job_assignments_department as department,
        job_assignments_team as team,
        job_title,
        manager_id as manager_employee_id,
        start_date as valid_from,
        end_date as valid_to,
        'positions' as native_table,
        case
            when worker_type in {{ sql_list(setting('contractor_types')) }} then 'contractor'
        end as excluded_because
    from reported_positions

),

numbered_positions as (

    select
        positions.*,
        {{ parse_date(clean_text('valid_from')) }} as starts_on,
        coalesce({{ parse_date(clean_text('valid_to')) }}, date '9999-12-31') as ends_on,
        valid_to is null or {{ parse_date(clean_text('valid_to')) }} is not null as is_end_known
    from positions

),

-- a raise splits a position into rows that follow each other without a day between
positions_with_row_before as (

    select
        numbered_positions.*,
        max(ends_on) over (
            partition by
                employee_id, position_id, department, team, native_table, excluded_because
            order by starts_on, ends_on
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from numbered_positions
    where
        starts_on is not null
        and is_end_known
        and employee_id is not null
        and position_id is not null

),

spans as (

    select
        positions_with_row_before.*,
        sum(
            case
                when covered_until >= {{ day_before('starts_on') }} then 0 else 1
            end
        ) over (
            partition by
                employee_id, position_id, department, team, native_table, excluded_because
            order by starts_on, ends_on
            rows between unbounded preceding and current row
        ) as span_number
    from positions_with_row_before

),

joined_positions as (

    select
        employee_id,
        department,
        team,
        max(job_title) as job_title,
        max(manager_employee_id) as manager_employee_id,
        cast(min(starts_on) as {{ dbt.type_string() }}) as valid_from,
        case
            when max(ends_on) < date '9999-01-01' then cast(max(ends_on) as {{ dbt.type_string() }})
        end as valid_to,
        native_table,
        position_id as native_id,
        excluded_because,
        cast(count(*) as integer) as native_rows
    from spans
    group by
        employee_id, position_id, department, team, native_table, excluded_because, span_number

),

-- what has no days to compare, or names nobody, goes through as it is
job_assignments as (

    select * from joined_positions
    union all
    select
        employee_id,
        department,
        team,
        job_title,
        manager_employee_id,
        valid_from,
        valid_to,
        native_table,
        position_id as native_id,
        excluded_because,
        1 as native_rows
    from numbered_positions
    where
        starts_on is null
        or not is_end_known
        or employee_id is null
        or position_id is null

)

select * from job_assignments
