-- the buckets of a row of the waiting time hold its leads, stale ones and others
with

ageing as (

    select
        period_grain,
        period_start,
        dimension,
        dimension_value,
        sum(open_leads) as open_leads,
        sum(stale_leads) as stale_leads
    from {{ ref('rpt_open_lead_ageing') }}
    group by period_grain, period_start, dimension, dimension_value

),

waiting as (

    select * from {{ ref('kpi_lead_waiting_time') }}
    where dimension in ('company', 'source', 'team')

)

select
    coalesce(ageing.period_grain, waiting.period_grain) as period_grain,
    coalesce(ageing.period_start, waiting.period_start) as period_start
from ageing
full join waiting
    on
        ageing.period_grain = waiting.period_grain
        and ageing.period_start = waiting.period_start
        and ageing.dimension = waiting.dimension
        and ageing.dimension_value = waiting.dimension_value
where
    ageing.open_leads is distinct from waiting.open_leads
    or ageing.stale_leads is distinct from waiting.stale_leads
