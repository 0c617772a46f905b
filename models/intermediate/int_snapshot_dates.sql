with

calendar as (

    select * from {{ ref('dim_calendar') }}

),

-- the day before the first period opens it; a month that still runs is looked at on as_of_date
days_looked_at as (

    select min(date_day) - 1 as snapshot_on
    from calendar
    union all
    select least(max(date_day), {{ sql_date('as_of_date') }}) as snapshot_on
    from calendar
    where month_start <= {{ sql_date('as_of_date') }}
    group by month_start

),

snapshot_dates as (

    select
        snapshot_on,
        {{ month_of('snapshot_on') }} as month_start,
        min({{ month_of('snapshot_on') }}) over () as first_month_start
    from days_looked_at

)

select * from snapshot_dates
