with

periods as (

    select * from {{ ref('dim_periods') }}

),

open_lead_months as (

    select * from {{ ref('fct_open_lead_months') }}

),

open_leads_by_dimension as (

    {{ by_dimension('open_lead_months', ['source', 'team', 'rep']) }}

),

-- a quarter or year ends with one of its months: each day is looked at once
waiting_times_of_day as (

    select
        snapshot_on,
        dimension,
        dimension_value,
        {{ divide('sum(waiting_days)', 'count(*)') }} as average_waiting_days,
        {{ percentile(0.5, 'waiting_days') }} as median_waiting_days,
        {{ percentile(0.9, 'waiting_days') }} as p90_waiting_days,
        {{ divide('sum(idle_days)', 'count(*)') }} as average_idle_days,
        count(*) filter (where is_stale) as stale_leads,
        count(*) as open_leads
    from open_leads_by_dimension
    group by snapshot_on, dimension, dimension_value

),

-- left join: a period without an open lead still has a row
lead_waiting_time as (

    select
        {{ period_and_dimension('waiting_times_of_day') }},
        waiting_times_of_day.average_waiting_days,
        waiting_times_of_day.median_waiting_days,
        waiting_times_of_day.p90_waiting_days,
        waiting_times_of_day.average_idle_days,
        coalesce(waiting_times_of_day.stale_leads, 0) as stale_leads,
        coalesce(waiting_times_of_day.open_leads, 0) as open_leads
    from periods
    left join waiting_times_of_day on periods.cutoff = waiting_times_of_day.snapshot_on

)

select {{ measured_columns('lead_waiting_time') }} from lead_waiting_time
