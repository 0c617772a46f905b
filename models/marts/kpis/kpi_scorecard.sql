with

periods as (

    select * from {{ ref('dim_periods') }}

),

kpis as (

    select * from {{ ref('dim_kpis') }}

),

targets as (

    select * from {{ ref('stg_reference__kpi_targets') }}

),

kpi_values as (

    {% for entry in kpi_catalogue() -%}
    select
        '{{ entry.kpi }}' as kpi,
        period_grain,
        period_start,
        period_end,
        is_complete,
        dimension,
        dimension_value,
        cast({{ entry.figures[0][0] }} as decimal(28, 6)) as value
    from {{ ref('kpi_' ~ entry.kpi) }}
    {{ "union all" if not loop.last }}
    {% endfor %}

),

-- the same dimension value in the period before and in the same period a year before
values_in_time as (

    select
        kpi_values.*,
        previous_values.value as previous_value,
        year_ago_values.value as year_ago_value
    from kpi_values
    inner join periods
        on
            kpi_values.period_grain = periods.period_grain
            and kpi_values.period_start = periods.period_start
    left join kpi_values as previous_values
        on
            kpi_values.kpi = previous_values.kpi
            and kpi_values.period_grain = previous_values.period_grain
            and periods.previous_period_start = previous_values.period_start
            and kpi_values.dimension = previous_values.dimension
            and kpi_values.dimension_value = previous_values.dimension_value
    left join kpi_values as year_ago_values
        on
            kpi_values.kpi = year_ago_values.kpi
            and kpi_values.period_grain = year_ago_values.period_grain
            and periods.year_ago_period_start = year_ago_values.period_start
            and kpi_values.dimension = year_ago_values.dimension
            and kpi_values.dimension_value = year_ago_values.dimension_value

),

-- targets are set for the company alone
values_with_target as (

    select
        values_in_time.*,
        cast(targets.target as decimal(28, 6)) as target_value
    from values_in_time
    left join targets
        on
            values_in_time.kpi = targets.kpi
            and values_in_time.period_grain = targets.period_grain
            and values_in_time.period_start = targets.period_start
            and values_in_time.dimension = 'company'

),

scorecard as (

    select
        kpis.kpi,
        kpis.kpi_name_en,
        kpis.kpi_name_tr,
        kpis.unit,
        kpis.better,
        values_with_target.period_grain,
        values_with_target.period_start,
        values_with_target.period_end,
        values_with_target.is_complete,
        values_with_target.dimension,
        values_with_target.dimension_value,
        values_with_target.value,
        values_with_target.previous_value,
        cast(
            values_with_target.value - values_with_target.previous_value as decimal(28, 6)
        ) as change,
        values_with_target.year_ago_value,
        values_with_target.target_value,
        cast(
            case
                {{ when_not_measured('kpis.kpi') }}
                when values_with_target.target_value is null then 'no_target'
                when values_with_target.value is null then 'no_value'
                when
                    kpis.better = 'higher'
                    and values_with_target.value >= values_with_target.target_value
                    then 'on_target'
                when
                    kpis.better = 'lower'
                    and values_with_target.value <= values_with_target.target_value
                    then 'on_target'
                else 'off_target'
            end as {{ dbt.type_string() }}
        ) as status
    from values_with_target
    inner join kpis on values_with_target.kpi = kpis.kpi

)

select * from scorecard
