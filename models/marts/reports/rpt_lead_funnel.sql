{%- set stages = ['entered', 'working', 'qualified', 'opportunity', 'won'] -%}

with

periods as (

    select * from {{ ref('dim_periods') }}

),

lead_stages as (

    select * from {{ ref('fct_lead_stages') }}

),

-- who is in a later stage has passed all before it, dated or not; least passes over a missing day
leads_with_next_stage as (

    select
        *,
        least(working_on, qualified_on, opportunity_on, won_on) as left_entered_on,
        least(qualified_on, opportunity_on, won_on) as left_working_on,
        least(opportunity_on, won_on) as left_qualified_on
    from lead_stages

),

-- a stage that is recorded after a later one took no day; nobody leaves the last one
leads_with_days as (

    select
        entered_on,
        source,
        team,
        entered_on as passed_entered_on,
        coalesce(working_on, left_working_on) as passed_working_on,
        coalesce(qualified_on, left_qualified_on) as passed_qualified_on,
        coalesce(opportunity_on, won_on) as passed_opportunity_on,
        won_on as passed_won_on,
        {{ days_between('entered_on', 'left_entered_on') }} as entered_days,
        {{ days_in_stage('working_on', 'left_working_on') }} as working_days,
        {{ days_in_stage('qualified_on', 'left_qualified_on') }} as qualified_days,
        {{ days_in_stage('opportunity_on', 'won_on') }} as opportunity_days
    from leads_with_next_stage

),

-- left join: a period without a lead still has a funnel
leads_of_period as (

    select
        periods.period_grain,
        periods.period_start,
        periods.period_end,
        periods.is_complete,
        leads_with_days.*
    from periods
    left join leads_with_days
        on leads_with_days.entered_on between periods.period_start and periods.cutoff

),

leads_by_dimension as (

    {{ by_dimension('leads_of_period', ['source', 'team']) }}

),

counted_leads as (

    select
        period_grain,
        period_start,
        period_end,
        is_complete,
        dimension,
        dimension_value,
        count(passed_entered_on) as entered_leads,
        count(passed_working_on) as working_leads,
        count(passed_qualified_on) as qualified_leads,
        count(passed_opportunity_on) as opportunity_leads,
        count(passed_won_on) as won_leads,
        {{ divide('sum(entered_days)', 'count(entered_days)') }} as average_entered_days,
        {{ percentile(0.5, 'entered_days') }} as median_entered_days,
        {{ divide('sum(working_days)', 'count(working_days)') }} as average_working_days,
        {{ percentile(0.5, 'working_days') }} as median_working_days,
        {{ divide('sum(qualified_days)', 'count(qualified_days)') }} as average_qualified_days,
        {{ percentile(0.5, 'qualified_days') }} as median_qualified_days,
        {{ divide('sum(opportunity_days)', 'count(opportunity_days)') }}
            as average_opportunity_days,
        {{ percentile(0.5, 'opportunity_days') }} as median_opportunity_days,
        cast(null as decimal(28, 6)) as average_won_days,
        cast(null as decimal(28, 6)) as median_won_days
    from leads_by_dimension
    group by period_grain, period_start, period_end, is_complete, dimension, dimension_value

),

lead_funnel as (

    {% for stage in stages -%}
    select
        period_grain,
        period_start,
        period_end,
        is_complete,
        cast(dimension as {{ dbt.type_string() }}) as dimension,
        cast(dimension_value as {{ dbt.type_string() }}) as dimension_value,
        {{ loop.index }} as stage_number,
        cast('{{ stage }}' as {{ dbt.type_string() }}) as stage,
        {{ stage }}_leads as leads,
        {{ divide(stage ~ '_leads', 'entered_leads') }} as share_of_entered,
        average_{{ stage }}_days as average_days_in_stage,
        median_{{ stage }}_days as median_days_in_stage
    from counted_leads
    {{ "union all" if not loop.last }}
    {% endfor %}

)

select * from lead_funnel{{ unless_absent(['crm.leads', 'crm.opportunities']) }}
