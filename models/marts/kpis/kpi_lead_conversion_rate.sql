with

periods as (

    select * from {{ ref('dim_periods') }}

),

leads as (

    select * from {{ ref('fct_leads') }}

),

-- left join: a period without a lead still has a row
leads_entered as (

    select
        periods.period_grain,
        periods.period_start,
        periods.period_end,
        periods.is_complete,
        leads.source,
        leads.team,
        leads.rep,
        leads.outcome as entered_outcome,
        case when leads.outcome = 'won' then leads.days_to_outcome end as days_to_win,
        cast(null as {{ dbt.type_string() }}) as closed_outcome
    from periods
    left join leads on leads.entered_on between periods.period_start and periods.cutoff

),

leads_closed as (

    select
        periods.period_grain,
        periods.period_start,
        periods.period_end,
        periods.is_complete,
        leads.source,
        leads.team,
        leads.rep,
        cast(null as {{ dbt.type_string() }}) as entered_outcome,
        cast(null as integer) as days_to_win,
        leads.outcome as closed_outcome
    from periods
    inner join leads on leads.outcome_on between periods.period_start and periods.cutoff

),

leads_entered_and_closed as (

    select * from leads_entered
    union all
    select * from leads_closed

),

leads_by_dimension as (

    {{ by_dimension('leads_entered_and_closed', ['source', 'team', 'rep']) }}

),

counted_leads as (

    select
        period_grain,
        period_start,
        period_end,
        is_complete,
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
    group by period_grain, period_start, period_end, is_complete, dimension, dimension_value

),

-- until the window of the period's last lead has passed, the rate in the window is not known
lead_conversion_rate as (

    select
        period_grain,
        period_start,
        period_end,
        is_complete,
        cast(dimension as {{ dbt.type_string() }}) as dimension,
        cast(dimension_value as {{ dbt.type_string() }}) as dimension_value,
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

select * from lead_conversion_rate
