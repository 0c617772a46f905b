with

periods as (

    select * from {{ ref('dim_periods') }}

),

leads as (

    select
        *,
        {{ month_of('entered_on') }} as month_start
    from {{ ref('fct_leads') }}
    where entered_on <= (select max(periods.cutoff) from periods)

),

leads_by_dimension as (

    {{ by_dimension('leads', ['source', 'team', 'rep']) }}

),

-- a quarter or year adds up its months
leads_of_month as (

    select
        month_start,
        dimension,
        dimension_value,
        count(*) as new_leads
    from leads_by_dimension
    group by month_start, dimension, dimension_value

),

-- left join: a period without a lead still has a row
new_pipeline_leads as (

    select
        {{ period_and_dimension('leads_of_month') }},
        cast(coalesce(sum(leads_of_month.new_leads), 0) as bigint) as new_leads
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

)

select {{ measured_columns('new_pipeline_leads') }} from new_pipeline_leads
