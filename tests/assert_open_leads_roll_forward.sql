-- open at one cutoff + entered - closed = open at the next
with

periods as (

    select * from {{ ref('dim_periods') }}

),

waiting as (

    select * from {{ ref('kpi_lead_waiting_time') }}
    where dimension = 'company'

),

entered as (

    select * from {{ ref('kpi_new_pipeline_leads') }}
    where dimension = 'company'

),

closed as (

    select
        periods.period_grain,
        periods.period_start,
        count(leads.lead_id) as closed_leads
    from periods
    left join {{ ref('fct_leads') }} as leads
        on leads.outcome_on between periods.period_start and periods.cutoff
    group by periods.period_grain, periods.period_start

)

select
    periods.period_grain,
    periods.period_start,
    earlier.open_leads as earlier_open_leads,
    entered.new_leads,
    closed.closed_leads,
    waiting.open_leads
from periods
inner join waiting
    on periods.period_grain = waiting.period_grain and periods.period_start = waiting.period_start
inner join waiting as earlier
    on
        periods.period_grain = earlier.period_grain
        and periods.previous_period_start = earlier.period_start
inner join entered
    on periods.period_grain = entered.period_grain and periods.period_start = entered.period_start
inner join closed
    on periods.period_grain = closed.period_grain and periods.period_start = closed.period_start
where earlier.open_leads + entered.new_leads - closed.closed_leads <> waiting.open_leads
