-- who has ramped up stays so, a cohort keeps its size, and what is not known of a day is not known
-- of a later one
with

days as (

    select
        *,
        lag(new_reps) over by_day as new_reps_before,
        lag(ramped_reps) over by_day as ramped_reps_before,
        lag(is_mature) over by_day as was_mature_before
    from {{ ref('rpt_ramp_up_curve') }}
    window by_day as (
        partition by dimension, dimension_value, cohort_start
        order by days_since_start
    )

)

select * from days
where
    new_reps <> new_reps_before
    or ramped_reps < ramped_reps_before
    or (is_mature and not was_mature_before)
