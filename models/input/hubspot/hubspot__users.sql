with

owners as (

    {{ native_rows('hubspot', 'owners') }}

),

-- of owners whom no e-mail leads to an employee, users say it in the map
named_employees as (

    select
        {{ lower_case('native_value') }} as owner_name,
        min(code) as employee_id
    from {{ ref('hubspot') }}
    where column_name = 'employee_id'
    group by {{ lower_case('native_value') }}

),

-- who left stays, archived: else the leads and deals of then belong to nobody
users as (

    select
        owners.id as user_id,
        nullif(
            trim(coalesce(owners.first_name, '') || ' ' || coalesce(owners.last_name, '')), ''
        ) as full_name,
        owners.email,
        coalesce(
            named_by_id.employee_id, named_by_email.employee_id, owners.users_employee_id
        ) as employee_id,
        'owners' as native_table,
        owners.id as native_id,
        cast(null as {{ dbt.type_string() }}) as excluded_because,
        1 as native_rows
    from owners
    left join named_employees as named_by_id
        on {{ lower_case('owners.id') }} = named_by_id.owner_name
    left join named_employees as named_by_email
        on {{ lower_case('owners.email') }} = named_by_email.owner_name

)

select * from users
