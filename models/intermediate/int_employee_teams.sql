with

job_assignments as (

    select * from {{ ref('int_job_assignments') }}

),

-- the sales KPIs look at assignments to sales alone, everything else at all of an employee's
scoped_assignments as (

    select
        'all' as scope,
        employee_id,
        team,
        valid_from,
        ends_on
    from job_assignments
    union all
    select
        'sales' as scope,
        employee_id,
        team,
        valid_from,
        ends_on
    from job_assignments
    where is_sales

),

-- between two of these days nothing about an employee changes
days_of_change as (

    select
        scope,
        employee_id,
        valid_from as starts_on
    from scoped_assignments
    union
    select
        scope,
        employee_id,
        ends_on + 1 as starts_on
    from scoped_assignments
    where ends_on < date '9999-12-31'

),

stretches as (

    select
        scope,
        employee_id,
        starts_on,
        coalesce(
            lead(starts_on) over (partition by scope, employee_id order by starts_on) - 1,
            date '9999-12-31'
        ) as ends_on
    from days_of_change

),

ranked_assignments as (

    select
        stretches.scope,
        stretches.employee_id,
        stretches.starts_on,
        stretches.ends_on,
        scoped_assignments.team,
        row_number() over (
            partition by stretches.scope, stretches.employee_id, stretches.starts_on
            order by
                scoped_assignments.valid_from desc,
                {{ by_code_point('scoped_assignments.team') }} nulls last
        ) as place
    from stretches
    inner join scoped_assignments
        on
            stretches.scope = scoped_assignments.scope
            and stretches.employee_id = scoped_assignments.employee_id
            and stretches.starts_on >= scoped_assignments.valid_from
            and stretches.starts_on <= scoped_assignments.ends_on

),

teams_in_force as (

    select
        scope,
        employee_id,
        starts_on,
        ends_on,
        coalesce(team, 'unassigned') as team
    from ranked_assignments
    where place = 1

)

select * from teams_in_force
