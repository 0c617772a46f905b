with

periods as (

    select * from {{ ref('dim_periods') }}

),

open_lead_months as (

    select * from {{ ref('fct_open_lead_months') }}

),

-- left join: a period without an open lead still has a row
open_leads_at_cutoff as (

    select
        periods.period_grain,
        periods.period_start,
        periods.period_end,
        periods.is_complete,
        open_lead_months.source,
        open_lead_months.team,
        open_lead_months.rep,
        open_lead_months.lead_id,
        open_lead_months.waiting_days,
        open_lead_months.idle_days,
        open_lead_months.is_stale
    from periods
    left join open_lead_months on periods.cutoff = open_lead_months.snapshot_on

),

open_leads_by_dimension as (

    {{ by_dimension('open_leads_at_cutoff', ['source', 'team', 'rep']) }}

),

lead_waiting_time as (

    select
        period_grain,
        period_start,
        period_end,
        is_complete,
        cast(dimension as {{ dbt.type_string() }}) as dimension,
        cast(dimension_value as {{ dbt.type_string() }}) as dimension_value,
        {{ divide('sum(waiting_days)', 'count(lead_id)') }} as average_waiting_days,
        {{ percentile(0.5, 'waiting_days') }} as median_waiting_days,
        {{ percentile(0.9, 'waiting_days') }} as p90_waiting_days,
        {{ divide('sum(idle_days)', 'count(lead_id)') }} as average_idle_days,
        count(*) filter (where is_stale) as stale_leads,
        count(lead_id) as open_leads
    from open_leads_by_dimension
    group by period_grain, period_start, period_end, is_complete, dimension, dimension_value

)

select * from lead_waiting_time
