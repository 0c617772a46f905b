with

positions as (

    select * from {{ ref('workday__positions') }}

),

dated_positions as (

    select
        *,
        {{ parse_date(clean_text('valid_from')) }} as starts_on,
        case
            when valid_to is null then date '9999-12-31'
            else {{ parse_date(clean_text('valid_to')) }}
        end as ends_on
    from positions

),

-- what has no days to compare, or names nobody, goes through as it is
positions_to_join as (

    select
        *,
        coalesce(starts_on <= ends_on and employee_id is not null, false) as is_comparable
    from dated_positions

),

positions_with_row_before as (

    select
        *,
        max(ends_on) over (
            partition by employee_id, position_id, department, team, native_table, excluded_because
            order by starts_on, ends_on
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from positions_to_join
    where is_comparable

),

-- a raise splits a position into rows that follow each other without a day between; in a report
-- without positions it is the same one while department and team are
spans as (

    select
        *,
        sum(case when covered_until >= {{ day_before('starts_on') }} then 0 else 1 end) over (
            partition by employee_id, position_id, department, team, native_table, excluded_because
            order by starts_on, ends_on
            rows between unbounded preceding and current row
        ) as span_number
    from positions_with_row_before

),

-- the title and the manager are those of the last row
rows_of_spans as (

    select
        *,
        row_number() over (
            partition by
                employee_id,
                position_id,
                department,
                team,
                native_table,
                excluded_because,
                span_number
            order by
                starts_on desc,
                ends_on desc,
                {{ by_code_point('job_title') }},
                {{ by_code_point('manager_employee_id') }}
        ) as row_number_from_end
    from spans

),

job_assignments as (

    select
        employee_id,
        department,
        team,
        max(case when row_number_from_end = 1 then job_title end) as job_title,
        max(case when row_number_from_end = 1 then manager_employee_id end) as manager_employee_id,
        cast(min(starts_on) as {{ dbt.type_string() }}) as valid_from,
        case
            when max(ends_on) < date '9999-01-01' then cast(max(ends_on) as {{ dbt.type_string() }})
        end as valid_to,
        native_table,
        position_id as native_id,
        excluded_because,
        cast(sum(native_rows) as integer) as native_rows
    from rows_of_spans
    group by employee_id, position_id, department, team, native_table, excluded_because, span_number
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
        native_rows
    from positions_to_join
    where not is_comparable

)

select * from job_assignments
