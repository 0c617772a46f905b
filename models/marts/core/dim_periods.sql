with

calendar as (

    select * from {{ ref('dim_calendar') }}

),

all_periods as (

    {% for grain in known_codes('period_grain') -%}
    select
        '{{ grain }}' as period_grain,
        {{ grain }}_start as period_start,
        max(date_day) as period_end
    from calendar
    group by {{ grain }}_start
    {{ "union all" if not loop.last }}
    {% endfor %}

),

reported_periods as (

    select
        *,
        make_date(
            cast(extract(year from period_start) as integer) - 1,
            cast(extract(month from period_start) as integer),
            1
        ) as year_ago_period_start
    from all_periods
    where
        period_end >= {{ sql_date('reporting_start_date') }}
        and period_start <= {{ sql_date('as_of_date') }}

),

periods as (

    select
        cast(reported_periods.period_grain as {{ dbt.type_string() }}) as period_grain,
        reported_periods.period_start,
        reported_periods.period_end,
        least(reported_periods.period_end, {{ sql_date('as_of_date') }}) as cutoff,
        reported_periods.period_start - 1 as opening_date,
        reported_periods.period_end <= {{ sql_date('as_of_date') }} as is_complete,
        previous_periods.period_start as previous_period_start,
        reported_periods.year_ago_period_start
    from reported_periods
    left join reported_periods as previous_periods
        on
            reported_periods.period_grain = previous_periods.period_grain
            and reported_periods.period_start - 1 = previous_periods.period_end

)

select * from periods
