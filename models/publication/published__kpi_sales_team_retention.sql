-- who is one of a few can be told from the team's figures: a team that was smaller than
-- small_group_minimum at either end of the period, or that was there only in between, has none
with

sales_team_retention as (

    select * from {{ ref('kpi_sales_team_retention') }}

),

with_group_size as (

    select
        *,
        case
            when headcount_start > 0 and headcount_end > 0
                then least(headcount_start, headcount_end)
            when headcount_start > 0 or headcount_end > 0
                then greatest(headcount_start, headcount_end)
            else greatest(joiners, separations)
        end as group_size
    from sales_team_retention

),

with_verdict as (

    select
        *,
        dimension = 'company' or group_size >= {{ setting('small_group_minimum') }} as has_figures
    from with_group_size

),

without_small_teams as (

    select
        period_grain,
        period_start,
        period_end,
        is_complete,
        dimension,
        dimension_value,
        cast(case when has_figures then sales_retention_rate end as decimal(28, 6))
            as sales_retention_rate,
        case when has_figures then headcount_start end as headcount_start,
        case when has_figures then retained_headcount end as retained_headcount,
        case when has_figures then joiners end as joiners,
        case when has_figures then separations end as separations,
        case when has_figures then voluntary_separations end as voluntary_separations,
        case when has_figures then involuntary_separations end as involuntary_separations,
        case when has_figures then transfers_out end as transfers_out,
        case when has_figures then headcount_end end as headcount_end,
        cast(case when has_figures then average_tenure_months end as decimal(28, 6))
            as average_tenure_months,
        cast(case when has_figures then turnover_rate end as decimal(28, 6))
            as turnover_rate
    from with_verdict

)

select * from without_small_teams
