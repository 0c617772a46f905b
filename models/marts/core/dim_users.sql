with

users as (

    select * from {{ ref('stg_crm__users') }}

),

employee_teams as (

    select * from {{ ref('int_employee_teams') }}
    where scope = 'all'

),

users_with_team as (

    select
        users.user_id,
        users.employee_id,
        coalesce(employee_teams.team, 'unassigned') as team
    from users
    left join employee_teams
        on
            users.employee_id = employee_teams.employee_id
            and employee_teams.starts_on <= {{ sql_date('as_of_date') }}
            and employee_teams.ends_on >= {{ sql_date('as_of_date') }}

)

select * from users_with_team
