-- the days that one of a few needed are his or her own: a team with fewer new reps than
-- small_group_minimum has no figures
with

rep_ramp_up_time as (

    select * from {{ ref('kpi_rep_ramp_up_time') }}

),

with_verdict as (

    select
        *,
        dimension = 'company' or new_reps >= {{ setting('small_group_minimum') }} as has_figures
    from rep_ramp_up_time

),

without_small_teams as (

    select
        period_grain,
        period_start,
        period_end,
        is_complete,
        dimension,
        dimension_value,
        cast(case when has_figures then average_ramp_up_days end as decimal(28, 6))
            as average_ramp_up_days,
        cast(case when has_figures then median_ramp_up_days end as decimal(28, 6))
            as median_ramp_up_days,
        case when has_figures then new_reps end as new_reps,
        case when has_figures then ramped_reps end as ramped_reps,
        case when has_figures then left_before_ramp_reps end as left_before_ramp_reps,
        case when has_figures then ramping_reps end as ramping_reps,
        cast(case when has_figures then average_days_to_first_win end as decimal(28, 6))
            as average_days_to_first_win
    from with_verdict

)

select * from without_small_teams
