with

users as (

    select * from {{ ref('stg_crm__users') }}

),

employee_teams as (

    select * from {{ ref('int_employee_teams') }}
    where scope = 'all'

),

{%- if setting('users_meet_employees_by') == 'employee_id_or_email' %}

employees as (

    select * from {{ ref('stg_hr__employees') }}

),

-- an address that two share tells nobody apart
employees_by_email as (

    select
        {{ lower_case('email') }} as email,
        min(employee_id) as employee_id
    from employees
    group by {{ lower_case('email') }}
    having count(*) = 1

),

users_by_email as (

    select
        {{ lower_case('email') }} as email,
        min(user_id) as user_id
    from users
    group by {{ lower_case('email') }}
    having count(*) = 1

),

users_with_employee as (

    select
        users.user_id,
        coalesce(users.employee_id, employees_by_email.employee_id) as employee_id
    from users
    left join users_by_email on users.user_id = users_by_email.user_id
    left join employees_by_email on users_by_email.email = employees_by_email.email

),
{%- else %}

users_with_employee as (

    select
        user_id,
        employee_id
    from users

),
{%- endif %}

users_with_team as (

    select
        users_with_employee.user_id,
        users_with_employee.employee_id,
        coalesce(employee_teams.team, 'unassigned') as team
    from users_with_employee
    left join employee_teams
        on
            users_with_employee.employee_id = employee_teams.employee_id
            and employee_teams.starts_on <= {{ sql_date('as_of_date') }}
            and employee_teams.ends_on >= {{ sql_date('as_of_date') }}

)

select * from users_with_team
