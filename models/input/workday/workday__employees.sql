with

versions_of_workers as (

    {{ native_rows('workday', 'worker_history') }}

),

names as (

    {{ native_rows('workday', 'person_name') }}

),

addresses as (

    {{ native_rows('workday', 'person_contact_email_address') }}

),

reported_workers as (

    {{ native_rows('workday', 'workers') }}

),

name_of_worker as (

    select
        personal_info_system_id as worker_id,
        min(full_name) as full_name
    from names
    group by personal_info_system_id

),

address_of_worker as (

    select
        personal_info_system_id as worker_id,
        min(email_address) as email
    from addresses
    group by personal_info_system_id

),

-- hire_date is the last hire's; a first stint's is another column. The last day of work may be weeks before the
-- last day employed
workers as (

    select
        versions_of_workers.worker_code as employee_id,
        name_of_worker.full_name,
        address_of_worker.email,
        cast(null as {{ dbt.type_string() }}) as phone,
        versions_of_workers.hire_date,
        versions_of_workers.termination_date,
        versions_of_workers.primary_termination_category as termination_category,
        cast(null as {{ dbt.type_string() }}) as annual_salary,
        versions_of_workers.last_updated as updated_at,
        'worker_history' as native_table,
        versions_of_workers.id as native_id,
        case
            when versions_of_workers._fivetran_deleted then 'deleted'
            when {{ is_false('versions_of_workers._fivetran_active') }} then 'old_version'
            when versions_of_workers.hire_rescinded then 'hire_rescinded'
        end as excluded_because
    from versions_of_workers
    left join name_of_worker on versions_of_workers.id = name_of_worker.worker_id
    left join address_of_worker on versions_of_workers.id = address_of_worker.worker_id
    union all
    select
        employee_id,
        legal_name as full_name,
        email,
        phone,
        hire_date,
        termination_date,
        termination_category,
        annual_salary,
        last_updated as updated_at,
        'workers' as native_table,
        employee_id as native_id,
        case
            when hire_rescinded then 'hire_rescinded'
            when worker_type in {{ sql_list(setting('contractor_types')) }} then 'contractor'
        end as excluded_because
    from reported_workers

),

-- the category says why somebody left; the flag termination_involuntary would make a death a resignation
employees as (

    select
        employee_id,
        full_name,
        email,
        phone,
        hire_date,
        termination_date,
        case
            when termination_category is not null
                then {{ coded('workday', 'termination_reason', 'termination_category') }}
        end as termination_reason,
        annual_salary,
        updated_at,
        native_table,
        native_id,
        excluded_because,
        1 as native_rows
    from workers

)

select * from employees
