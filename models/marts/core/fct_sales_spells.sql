with

sales_assignments as (

    select * from {{ ref('int_job_assignments') }}
    where is_sales

),

employees as (

    select * from {{ ref('stg_hr__employees') }}

),

sales_teams as (

    select * from {{ ref('int_employee_teams') }}
    where scope = 'sales'

),

assignments_with_reach as (

    select
        employee_id,
        valid_from,
        ends_on,
        max(ends_on) over (
            partition by employee_id
            order by valid_from
            rows between unbounded preceding and 1 preceding
        ) as reached_so_far
    from sales_assignments

),

-- a day between two assignments begins a new spell
numbered_assignments as (

    select
        *,
        sum(case when valid_from - 1 <= reached_so_far then 0 else 1 end) over (
            partition by employee_id
            order by valid_from
        ) as spell_number
    from assignments_with_reach

),

spells as (

    select
        employee_id,
        spell_number,
        min(valid_from) as spell_start,
        max(ends_on) as ends_on
    from numbered_assignments
    group by employee_id, spell_number

),

spells_with_end as (

    select
        spells.employee_id,
        cast(spells.spell_number as integer) as spell_number,
        spells.spell_start,
        case when spells.ends_on < date '9999-12-31' then spells.ends_on end as spell_end,
        case when spells.ends_on < {{ sql_date('as_of_date') }} then spells.ends_on + 1 end
            as separated_on,
        case
            when spells.ends_on >= {{ sql_date('as_of_date') }} then null
            when coalesce(employees.termination_date <> spells.ends_on, true) then 'transfer_out'
            else coalesce(employees.termination_reason, 'other')
        end as separation_kind,
        first_teams.team as team_at_start,
        last_teams.team as team_at_end
    from spells
    left join employees on spells.employee_id = employees.employee_id
    left join sales_teams as first_teams
        on
            spells.employee_id = first_teams.employee_id
            and spells.spell_start between first_teams.starts_on and first_teams.ends_on
    left join sales_teams as last_teams
        on
            spells.employee_id = last_teams.employee_id
            and spells.ends_on between last_teams.starts_on and last_teams.ends_on
    where spells.spell_start <= {{ sql_date('as_of_date') }}

)

select * from spells_with_end
