-- the values of the KPIs about people as those are published, in all three periods
with

scorecard as (

    select * from {{ ref('kpi_scorecard') }}

),

periods as (

    select * from {{ ref('dim_periods') }}

),

published_values as (

    {% for entry in kpi_catalogue() if entry.has_small_groups -%}
    select
        cast('{{ entry.kpi }}' as {{ dbt.type_string() }}) as kpi,
        period_grain,
        period_start,
        dimension,
        dimension_value,
        cast({{ entry.figures[0][0] }} as decimal(28, 6)) as value
    from {{ ref('published__kpi_' ~ entry.kpi) }}
    {{ "union all" if not loop.last }}
    {% endfor %}

),

scorecard_with_published_values as (

    select
        scorecard.*,
        published_values.kpi is not null as is_about_people,
        published_values.value as published_value,
        previous_values.value as published_previous_value,
        year_ago_values.value as published_year_ago_value
    from scorecard
    inner join periods
        on
            scorecard.period_grain = periods.period_grain
            and scorecard.period_start = periods.period_start
    {% for values, period in [
        ('published_values', 'period_start'),
        ('previous_values', 'previous_period_start'),
        ('year_ago_values', 'year_ago_period_start'),
    ] -%}
    left join published_values{{ " as " ~ values if not loop.first }}
        on
            scorecard.kpi = {{ values }}.kpi
            and scorecard.period_grain = {{ values }}.period_grain
            and periods.{{ period }} = {{ values }}.period_start
            and scorecard.dimension = {{ values }}.dimension
            and scorecard.dimension_value = {{ values }}.dimension_value
    {% endfor %}

),

published_scorecard as (

    select
        kpi,
        kpi_name_en,
        kpi_name_tr,
        unit,
        better,
        period_grain,
        period_start,
        period_end,
        is_complete,
        dimension,
        dimension_value,
        case when is_about_people then published_value else value end as value,
        case when is_about_people then published_previous_value else previous_value end
            as previous_value,
        cast(
            case
                when is_about_people then published_value - published_previous_value
                else change
            end as decimal(28, 6)
        ) as change,
        case when is_about_people then published_year_ago_value else year_ago_value end
            as year_ago_value,
        target_value,
        status
    from scorecard_with_published_values

)

select * from published_scorecard
