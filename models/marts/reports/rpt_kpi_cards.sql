-- made of what may be published: a hidden figure has no change either
with

scorecard as (

    select * from {{ ref('published__kpi_scorecard') }}

),

-- leads of a past month are still won, new reps still ramp up: such a row is not mature
immature_rows as (

    {% for entry in kpi_catalogue() if entry.matures_when -%}
    select
        '{{ entry.kpi }}' as kpi,
        period_grain,
        period_start,
        dimension,
        dimension_value
    from {{ ref(('published__kpi_' if entry.has_small_groups else 'kpi_') ~ entry.kpi) }}
    where not ({{ entry.matures_when }})
    {{ "union all" if not loop.last }}
    {% endfor %}

),

-- for what is better when it is less, the target is the dividend
scorecard_with_changes as (

    select
        scorecard.*,
        immature_rows.kpi is null as is_mature,
        cast(scorecard.value - scorecard.year_ago_value as decimal(28, 6)) as year_ago_change,
        case when scorecard.better = 'higher' then scorecard.value else scorecard.target_value end
            as attained,
        case when scorecard.better = 'higher' then scorecard.target_value else scorecard.value end
            as to_attain
    from scorecard
    left join immature_rows
        on
            scorecard.kpi = immature_rows.kpi
            and scorecard.period_grain = immature_rows.period_grain
            and scorecard.period_start = immature_rows.period_start
            and scorecard.dimension = immature_rows.dimension
            and scorecard.dimension_value = immature_rows.dimension_value

),

cards as (

    select
        kpi,
        period_grain,
        period_start,
        period_end,
        is_complete,
        dimension,
        dimension_value,
        is_mature,
        value,
        target_value,
        status,
        {{ divide('attained', 'case when to_attain > 0 then to_attain end') }}
            as target_attainment,
        change,
        {{ change_verdict('change', 'better') }} as change_verdict,
        year_ago_change,
        {{ change_verdict('year_ago_change', 'better') }} as year_ago_verdict
    from scorecard_with_changes

)

select * from cards
