with

native_users as (

    {{ native_rows('salesforce', 'User') }}

),

-- who left stays: else the leads and deals of then belong to nobody
users as (

    select
        id as user_id,
        name as full_name,
        email,
        users_employee_id as employee_id,
        'User' as native_table,
        id as native_id,
        cast(null as {{ dbt.type_string() }}) as excluded_because,
        1 as native_rows
    from native_users

)

select * from users
