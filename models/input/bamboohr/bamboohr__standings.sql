with

native_statuses as (

    {{ native_rows('bamboohr', 'employmentStatus') }}

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

-- who was hired and left on one day has left
numbered_statuses as (

    select
        *,
        row_number() over (
            partition by native_id
            order by
                status_on,
                case standing when 'contractor' then 1 when 'employed' then 2 else 3 end,
                {{ by_code_point('termination_type') }}
        ) as status_number
    from statuses

),

-- a job may be older than the first status
statuses_from_the_start as (

    select * from numbered_statuses
    union all
    select
        native_id,
        case when standing = 'terminated' then 'employed' else standing end as standing,
        date '1900-01-01' as status_on,
        cast(null as {{ dbt.type_string() }}) as termination_type,
        0 as status_number
    from numbered_statuses
    where status_number = 1

),

statuses_with_row_before as (

    select
        *,
        lag(standing) over (partition by native_id order by status_number) as standing_before
    from statuses_from_the_start

),

-- the day of a termination is the last one employed
changes as (

    select
        native_id,
        standing,
        status_number,
        termination_type,
        status_on,
        case
            when standing = 'terminated'
                then cast({{ dbt.dateadd('day', 1, 'status_on') }} as date)
            else status_on
        end as starts_on
    from statuses_with_row_before
    where standing_before is null or standing_before <> standing

),

changes_with_next as (

    select
        *,
        lead(starts_on) over (partition by native_id order by status_number) as next_starts_on
    from changes

),

standings as (

    select
        native_id,
        standing,
        termination_type,
        case when standing = 'terminated' then status_on end as terminated_on,
        starts_on,
        coalesce({{ day_before('next_starts_on') }}, date '9999-12-31') as ends_on,
        next_starts_on is null as is_last
    from changes_with_next

)

select * from standings
