-- made of what may be published: a cohort of a team with fewer new reps than small_group_minimum
-- has no figures
with

years as (

    select * from {{ ref('dim_periods') }}
    where period_grain = 'year'

),

ramp_ups as (

    select * from {{ ref('fct_rep_ramp_ups') }}

),

days_looked_at as (

    select day_numbers.days_since_start
    from (
        values (0), (15), (30), (45), (60), (75), (90), (105), (120), (135), (150), (165), (180)
    ) as day_numbers (days_since_start)

),

-- who still ramps up is known for as many days as he or she has been there
new_reps as (

    select
        years.period_start as cohort_start,
        ramp_ups.team,
        days_looked_at.days_since_start,
        ramp_ups.days_to_ramp_up <= days_looked_at.days_since_start as has_ramped_up,
        ramp_ups.ramp_status <> 'ramping'
        or {{ days_between('ramp_ups.spell_start', sql_date('as_of_date')) }}
        >= days_looked_at.days_since_start as is_known
    from ramp_ups
    inner join years on ramp_ups.spell_start between years.period_start and years.cutoff
    cross join days_looked_at

),

new_reps_by_dimension as (

    {{ by_dimension('new_reps', ['team']) }}

),

counted_reps as (

    select
        dimension,
        dimension_value,
        cohort_start,
        days_since_start,
        count(*) as new_reps,
        count(*) filter (where has_ramped_up) as ramped_reps,
        bool_and(is_known) as is_mature,
        dimension = 'company' or count(*) >= {{ setting('small_group_minimum') }} as has_figures
    from new_reps_by_dimension
    group by dimension, dimension_value, cohort_start, days_since_start

),

ramp_up_curve as (

    select
        cast(dimension as {{ dbt.type_string() }}) as dimension,
        cast(dimension_value as {{ dbt.type_string() }}) as dimension_value,
        cohort_start,
        days_since_start,
        case when has_figures then new_reps end as new_reps,
        case when has_figures then ramped_reps end as ramped_reps,
        cast(
            case when has_figures then {{ divide('ramped_reps', 'new_reps') }} end as decimal(28, 6)
        ) as ramped_share,
        is_mature
    from counted_reps

)

select * from ramp_up_curve
{{ unless_absent(['hr.employees', 'hr.job_assignments', 'crm.activities', 'crm.users']) }}
