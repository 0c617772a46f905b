with

periods as (

    select * from {{ ref('dim_periods') }}

),

leads as (

    select * from {{ ref('fct_leads') }}

),

leads_entered_and_closed as (

    select
        {{ month_of('entered_on') }} as month_start,
        source,
        team,
        rep,
        outcome as entered_outcome,
        case when outcome = 'won' then days_to_outcome end as days_to_win,
        cast(null as {{ dbt.type_string() }}) as closed_outcome
    from leads
    where entered_on <= (select max(periods.cutoff) from periods)
    union all
    select
        {{ month_of('outcome_on') }} as month_start,
        source,
        team,
        rep,
        cast(null as {{ dbt.type_string() }}) as entered_outcome,
        cast(null as integer) as days_to_win,
        outcome as closed_outcome
    from leads
    where outcome_on <= (select max(periods.cutoff) from periods)

),

leads_by_dimension as (

    {{ by_dimension('leads_entered_and_closed', ['source', 'team', 'rep']) }}

),

-- a quarter or year adds up its months
leads_of_month as (

    select
        month_start,
        dimension,
        dimension_value,
        count(entered_outcome) as entered_leads,
        count(*) filter (where entered_outcome = 'won') as won_leads,
        count(*) filter (where entered_outcome = 'lost') as lost_leads,
        count(*) filter (where entered_outcome = 'open') as open_leads,
        count(*) filter (where days_to_win <= {{ setting('conversion_window_days') }})
            as won_in_window,
        sum(days_to_win) as days_to_win,
        count(*) filter (where closed_outcome = 'won') as closed_won,
        count(closed_outcome) as closed
    from leads_by_dimension
    group by month_start, dimension, dimension_value

),

-- left join: a period without a lead still has a row
counted_leads as (

    select
        {{ period_and_dimension('leads_of_month') }},
        {%- for count in ['entered_leads', 'won_leads', 'lost_leads', 'open_leads'] %}
        cast(coalesce(sum(leads_of_month.{{ count }}), 0) as bigint) as {{ count }},
        {%- endfor %}
        sum(leads_of_month.won_in_window) as won_in_window,
        sum(leads_of_month.days_to_win) as days_to_win,
        sum(leads_of_month.closed_won) as closed_won,
        sum(leads_of_month.closed) as closed
    from periods
    left join leads_of_month
        on leads_of_month.month_start between periods.period_start and periods.period_end
    group by
        periods.period_grain,
        periods.period_start,
        periods.period_end,
        periods.is_complete,
        leads_of_month.dimension,
        leads_of_month.dimension_value

),

-- until the window of the period's last lead has passed, the rate in the window is not known
lead_conversion_rate as (

    select
        period_grain,
        period_start,
        period_end,
        is_complete,
        dimension,
        dimension_value,
        {{ divide('won_leads', 'entered_leads') }} as conversion_rate,
        entered_leads,
        won_leads,
        lost_leads,
        open_leads,
        case
            when
                period_end + {{ setting('conversion_window_days') }}
                <= {{ sql_date('as_of_date') }}
                then {{ divide('won_in_window', 'entered_leads') }}
        end as conversion_rate_in_window,
        {{ divide('days_to_win', 'won_leads') }} as average_days_to_win,
        {{ divide('closed_won', 'closed') }} as win_rate
    from counted_leads

)

select {{ measured_columns('lead_conversion_rate') }} from lead_conversion_rate
