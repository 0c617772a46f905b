with

native_accounts as (

    {{ native_rows('salesforce', 'Account') }}

),

accounts as (

    select
        id as account_id,
        name as account_name,
        accounts_segment as segment,
        industry,
        accounts_region as region,
        accounts_erp_code as erp_code,
        owner_id as owner_user_id,
        created_date as created_at,
        coalesce(system_modstamp, last_modified_date) as updated_at,
        'Account' as native_table,
        id as native_id,
        case when is_deleted then 'deleted' end as excluded_because,
        1 as native_rows
    from native_accounts

)

select * from accounts
