with

snapshot_dates as (

    select * from {{ ref('int_snapshot_dates') }}

),

sales_teams as (

    select * from {{ ref('int_employee_teams') }}
    where scope = 'sales'

),

spells as (

    select * from {{ ref('fct_sales_spells') }}

),

-- one team a day: whoever has two assignments to sales is counted once
sales_people_at_month_end as (

    select
        sales_teams.employee_id,
        snapshot_dates.snapshot_on,
        sales_teams.team
    from snapshot_dates
    inner join sales_teams
        on snapshot_dates.snapshot_on between sales_teams.starts_on and sales_teams.ends_on

),

sales_people_with_tenure as (

    select
        sales_people_at_month_end.employee_id,
        sales_people_at_month_end.snapshot_on,
        sales_people_at_month_end.team,
        spells.spell_start,
        {{ days_between('spells.spell_start', 'sales_people_at_month_end.snapshot_on') }}
            as tenure_days
    from sales_people_at_month_end
    inner join spells
        on
            sales_people_at_month_end.employee_id = spells.employee_id
            and sales_people_at_month_end.snapshot_on >= spells.spell_start
            and (
                spells.spell_end is null
                or sales_people_at_month_end.snapshot_on <= spells.spell_end
            )

)

select * from sales_people_with_tenure
