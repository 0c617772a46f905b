with

leads as (

    select * from {{ ref('fct_leads') }}

),

touches as (

    select * from {{ ref('fct_lead_touches') }}

),

snapshot_dates as (

    select * from {{ ref('int_snapshot_dates') }}

),

open_leads_at_month_end as (

    select
        snapshot_dates.snapshot_on,
        snapshot_dates.month_start,
        leads.lead_id,
        leads.entered_on,
        leads.source,
        leads.team,
        leads.rep
    from leads
    inner join snapshot_dates
        on
            leads.entered_on <= snapshot_dates.snapshot_on
            and (leads.outcome_on is null or leads.outcome_on > snapshot_dates.snapshot_on)

),

-- a touch before the first month stands with it; most leads are closed before a month ends
touches_with_month as (

    select
        lead_id,
        touched_on,
        greatest(
            {{ month_of('touched_on') }},
            (select min(snapshot_dates.first_month_start) from snapshot_dates)
        ) as month_start
    from touches
    where lead_id in (select open_leads_at_month_end.lead_id from open_leads_at_month_end)

),

-- the last touch of each month is enough
last_touches_of_month as (

    select
        lead_id,
        month_start,
        max(touched_on) as touched_on
    from touches_with_month
    group by lead_id, month_start

),

leads_with_last_touch as (

    select
        open_leads_at_month_end.*,
        max(last_touches_of_month.touched_on) over (
            partition by open_leads_at_month_end.lead_id
            order by open_leads_at_month_end.snapshot_on
        ) as last_touched_on
    from open_leads_at_month_end
    left join last_touches_of_month
        on
            open_leads_at_month_end.lead_id = last_touches_of_month.lead_id
            and open_leads_at_month_end.month_start = last_touches_of_month.month_start

),

open_lead_months as (

    select
        lead_id,
        snapshot_on,
        source,
        team,
        rep,
        {{ days_between('entered_on', 'snapshot_on') }} as waiting_days,
        -- greatest passes over a touch that is not there
        {{ days_between('greatest(entered_on, last_touched_on)', 'snapshot_on') }} as idle_days
    from leads_with_last_touch

),

open_lead_months_with_staleness as (

    select
        *,
        idle_days > {{ setting('stale_after_days') }} as is_stale
    from open_lead_months

)

select * from open_lead_months_with_staleness
