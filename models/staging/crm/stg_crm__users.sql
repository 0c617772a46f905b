with

checked_users as (

    select * from {{ ref('base_crm__users') }}

),

accepted_users as (

    select
        user_id,
        full_name,
        email,
        employee_id
    from checked_users
    where reject_reasons is null

)

select * from accepted_users
