-- every count of every KPI, so that no record is lost or counted twice in a dimension
{%- set counts = counts_of_kpis() %}

with

counts as (

    {% for kpi, count in counts -%}
    select
        '{{ kpi }}' as kpi,
        '{{ count }}' as measure,
        period_grain,
        period_start,
        dimension,
        sum({{ count }}) as total
    from {{ ref('kpi_' ~ kpi) }}
    group by period_grain, period_start, dimension
    {{ "union all" if not loop.last }}
    {% endfor %}

),

dimensions as (

    select distinct
        kpi,
        dimension
    from counts
    where dimension <> 'company'

)

-- left join: a dimension that has no row at all sums to 0
select
    company.kpi,
    company.measure,
    company.period_grain,
    company.period_start,
    dimensions.dimension,
    company.total as company_total,
    split.total as dimension_total
from counts as company
inner join dimensions on company.kpi = dimensions.kpi
left join counts as split
    on
        company.kpi = split.kpi
        and company.measure = split.measure
        and company.period_grain = split.period_grain
        and company.period_start = split.period_start
        and dimensions.dimension = split.dimension
where
    company.dimension = 'company'
    and company.total <> coalesce(split.total, 0)
