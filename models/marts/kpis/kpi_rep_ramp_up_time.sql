with

periods as (

    select * from {{ ref('dim_periods') }}

),

ramp_ups as (

    select * from {{ ref('fct_rep_ramp_ups') }}

),

-- left join: a period without a new rep still has a row
new_reps as (

    select
        periods.period_grain,
        periods.period_start,
        periods.period_end,
        periods.is_complete,
        ramp_ups.team,
        ramp_ups.ramp_status,
        ramp_ups.days_to_ramp_up,
        ramp_ups.days_to_first_win
    from periods
    left join ramp_ups on ramp_ups.spell_start between periods.period_start and periods.cutoff

),

new_reps_by_dimension as (

    {{ by_dimension('new_reps', ['team']) }}

),

rep_ramp_up_time as (

    select
        period_grain,
        period_start,
        period_end,
        is_complete,
        cast(dimension as {{ dbt.type_string() }}) as dimension,
        cast(dimension_value as {{ dbt.type_string() }}) as dimension_value,
        {{ divide('sum(days_to_ramp_up)', 'count(days_to_ramp_up)') }} as average_ramp_up_days,
        {{ percentile(0.5, 'days_to_ramp_up') }} as median_ramp_up_days,
        count(ramp_status) as new_reps,
        count(*) filter (where ramp_status = 'ramped') as ramped_reps,
        count(*) filter (where ramp_status = 'left_before_ramp') as left_before_ramp_reps,
        count(*) filter (where ramp_status = 'ramping') as ramping_reps,
        {{ divide('sum(days_to_first_win)', 'count(days_to_first_win)') }}
            as average_days_to_first_win
    from new_reps_by_dimension
    group by period_grain, period_start, period_end, is_complete, dimension, dimension_value

)

select {{ measured_columns('rep_ramp_up_time') }} from rep_ramp_up_time
