with

statuses as (

    select * from {{ ref('bamboohr__statuses') }}

),

statuses_with_rows_beside as (

    select
        *,
        lag(standing) over (partition by native_id order by status_number) as standing_before,
        lead(standing) over (partition by native_id order by status_number) as standing_after
    from statuses

),

-- of terminations that follow each other the last counts
changes as (

    select *
    from statuses_with_rows_beside
    where
        case
            when standing = 'terminated' then standing_after is null or standing_after <> standing
            else standing_before is null or standing_before <> standing
        end

),

changes_with_changes_beside as (

    select
        *,
        lag(status_on) over (partition by native_id order by status_number) as stint_starts_on,
        lead(status_on) over (partition by native_id order by status_number) is null as is_last
    from changes

),

-- the employee's own day of the last termination goes before that of the status, but not the end of
-- a stint before
changes_with_end as (

    select
        *,
        case
            when standing = 'terminated' and is_last and employee_terminated_on >= stint_starts_on
                then employee_terminated_on
            when standing = 'terminated' then status_on
        end as terminated_on
    from changes_with_changes_beside

),

-- the day of a termination is the last one employed
changes_with_start as (

    select
        *,
        coalesce(
            cast({{ dbt.dateadd('day', 1, 'terminated_on') }} as date), status_on
        ) as starts_on
    from changes_with_end

),

changes_with_next as (

    select
        *,
        lead(starts_on) over (partition by native_id order by status_number) as next_starts_on
    from changes_with_start

),

-- who was hired again by the next day was never away
lasting_changes as (

    select
        native_id,
        standing,
        termination_type,
        terminated_on,
        starts_on,
        is_last,
        lead(starts_on) over (partition by native_id order by status_number) as next_starts_on
    from changes_with_next
    where is_last or starts_on < next_starts_on

),

standings as (

    select
        native_id,
        standing,
        termination_type,
        terminated_on,
        starts_on,
        coalesce({{ day_before('next_starts_on') }}, date '9999-12-31') as ends_on,
        is_last
    from lasting_changes

)

select * from standings
