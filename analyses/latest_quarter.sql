-- How did the company do in its latest quarter that is over? The nine KPIs against their targets,
-- as `make build` shows them at its end. If no quarter is over yet, the one that runs.
with

scorecard as (

    select * from {{ ref('kpi_scorecard') }}
    where
        period_grain = 'quarter'
        and dimension = 'company'

),

kpis as (

    select * from {{ ref('dim_kpis') }}

),

row_counts as (

    select
        sum(raw_rows) as raw_rows,
        sum(rejected_rows) as rejected_rows
    from {{ ref('input_row_counts') }}

),

latest_quarter as (

    select
        coalesce(
            max(case when is_complete then period_start end), max(period_start)
        ) as period_start
    from scorecard

)

select
    kpis.kpi_number,
    scorecard.kpi_name_en,
    scorecard.kpi_name_tr,
    scorecard.unit,
    scorecard.better,
    '{{ setting("reporting_currency") }}' as reporting_currency,
    scorecard.period_start,
    scorecard.period_end,
    scorecard.is_complete,
    scorecard.value,
    scorecard.target_value,
    scorecard.status,
    scorecard.change,
    scorecard.year_ago_value,
    row_counts.raw_rows,
    row_counts.rejected_rows
from scorecard
inner join latest_quarter on scorecard.period_start = latest_quarter.period_start
inner join kpis on scorecard.kpi = kpis.kpi
cross join row_counts
order by kpis.kpi_number
