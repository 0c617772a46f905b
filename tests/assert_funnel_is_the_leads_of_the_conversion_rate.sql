-- entered and won are those of the conversion rate, and no stage has more leads than the one before
with

stages as (

    select
        *,
        lag(leads) over (
            partition by period_grain, period_start, dimension, dimension_value
            order by stage_number
        ) as leads_before
    from {{ ref('rpt_lead_funnel') }}

),

conversion as (

    -- without outcomes there is no funnel
    select * from {{ ref('kpi_lead_conversion_rate') }}
    where
        dimension in ('company', 'source', 'team')
        and (entered_leads = 0 or won_leads is not null)

),

-- a value that stands in the rate for its outcomes alone has no leads that entered
compared as (

    select
        stages.leads,
        stages.leads_before,
        case
            when stages.stage = 'entered' then conversion.entered_leads
            when stages.stage = 'won' then conversion.won_leads
        end as leads_of_rate
    from stages
    full join conversion
        on
            stages.period_grain = conversion.period_grain
            and stages.period_start = conversion.period_start
            and stages.dimension = conversion.dimension
            and stages.dimension_value = conversion.dimension_value
    where stages.leads is not null or conversion.entered_leads > 0

)

select * from compared
where
    leads is null
    or leads_before < leads
    or leads_of_rate <> leads
