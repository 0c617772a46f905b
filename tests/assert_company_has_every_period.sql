-- one company row per KPI and period, no more and no less, also where nothing happened
with

periods as (

    select * from {{ ref('dim_periods') }}

),

kpis as (

    select * from {{ ref('dim_kpis') }}

),

company_rows as (

    select
        kpi,
        period_grain,
        period_start,
        count(*) as number_of_rows
    from {{ ref('kpi_scorecard') }}
    where
        dimension = 'company'
        and dimension_value = 'all'
    group by kpi, period_grain, period_start

)

select
    kpis.kpi,
    periods.period_grain,
    periods.period_start,
    company_rows.number_of_rows
from kpis
cross join periods
left join company_rows
    on
        kpis.kpi = company_rows.kpi
        and periods.period_grain = company_rows.period_grain
        and periods.period_start = company_rows.period_start
where coalesce(company_rows.number_of_rows, 0) <> 1
