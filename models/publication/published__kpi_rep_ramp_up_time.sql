-- the days that one of a few needed are his or her own: a team with fewer new reps than
-- small_group_minimum has no figures, and a mean is shown only if it is of no fewer
with

rep_ramp_up_time as (

    select * from {{ ref('kpi_rep_ramp_up_time') }}

),

periods as (

    select * from {{ ref('dim_periods') }}

),

rep_ramp_ups as (

    select * from {{ ref('fct_rep_ramp_ups') }}

),

reps_with_a_win as (

    select
        periods.period_grain,
        periods.period_start,
        rep_ramp_ups.team,
        count(*) as winners
    from periods
    inner join rep_ramp_ups
        on rep_ramp_ups.spell_start between periods.period_start and periods.cutoff
    where rep_ramp_ups.days_to_first_win is not null
    group by periods.period_grain, periods.period_start, rep_ramp_ups.team

),

with_verdict as (

    select
        rep_ramp_up_time.*,
        rep_ramp_up_time.dimension = 'company'
        or rep_ramp_up_time.new_reps >= {{ setting('small_group_minimum') }} as has_figures,
        rep_ramp_up_time.dimension = 'company'
        or rep_ramp_up_time.ramped_reps >= {{ setting('small_group_minimum') }} as has_mean,
        rep_ramp_up_time.dimension = 'company'
        or reps_with_a_win.winners >= {{ setting('small_group_minimum') }} as has_mean_of_wins
    from rep_ramp_up_time
    left join reps_with_a_win
        on
            rep_ramp_up_time.period_grain = reps_with_a_win.period_grain
            and rep_ramp_up_time.period_start = reps_with_a_win.period_start
            and rep_ramp_up_time.dimension_value = reps_with_a_win.team

),

without_small_teams as (

    select
        period_grain,
        period_start,
        period_end,
        is_complete,
        dimension,
        dimension_value,
        cast(case when has_mean then average_ramp_up_days end as decimal(28, 6))
            as average_ramp_up_days,
        cast(case when has_mean then median_ramp_up_days end as decimal(28, 6))
            as median_ramp_up_days,
        case when has_figures then new_reps end as new_reps,
        case when has_figures then ramped_reps end as ramped_reps,
        case when has_figures then left_before_ramp_reps end as left_before_ramp_reps,
        case when has_figures then ramping_reps end as ramping_reps,
        cast(case when has_mean_of_wins then average_days_to_first_win end as decimal(28, 6))
            as average_days_to_first_win
    from with_verdict

)

select * from without_small_teams
