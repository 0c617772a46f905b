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
        leads.lead_id
    from periods
    left join leads on leads.entered_on between periods.period_start and periods.cutoff

),

leads_by_dimension as (

    {{ by_dimension('leads_entered', ['source', 'team', 'rep']) }}

),

new_pipeline_leads as (

    select
        period_grain,
        period_start,
        period_end,
        is_complete,
        cast(dimension as {{ dbt.type_string() }}) as dimension,
        cast(dimension_value as {{ dbt.type_string() }}) as dimension_value,
        count(lead_id) as new_leads
    from leads_by_dimension
    group by period_grain, period_start, period_end, is_complete, dimension, dimension_value

)

select * from new_pipeline_leads
