with

kpi_rows as (

    {% for entry in kpi_catalogue() -%}
    select
        '{{ entry.kpi }}' as kpi,
        count(*) as number_of_rows,
        sum({{ entry.figures[0][0] }}) as total
    from {{ ref('kpi_' ~ entry.kpi) }}
    {{ "union all" if not loop.last }}
    {% endfor %}

),

scorecard_rows as (

    select
        kpi,
        count(*) as number_of_rows,
        sum(value) as total
    from {{ ref('kpi_scorecard') }}
    group by kpi

)

select
    kpi_rows.kpi,
    kpi_rows.number_of_rows as rows_of_kpi,
    scorecard_rows.number_of_rows as rows_of_scorecard
from kpi_rows
left join scorecard_rows on kpi_rows.kpi = scorecard_rows.kpi
where
    kpi_rows.number_of_rows is distinct from scorecard_rows.number_of_rows
    or kpi_rows.total is distinct from scorecard_rows.total
