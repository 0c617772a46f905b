with

companies as (

    {{ native_rows('hubspot', 'companies') }}

),

accounts as (

    select
        id as account_id,
        name as account_name,
        accounts_segment as segment,
        industry,
        accounts_region as region,
        accounts_erp_code as erp_code,
        hubspot_owner_id as owner_user_id,
        createdate as created_at,
        hs_lastmodifieddate as updated_at,
        'companies' as native_table,
        id as native_id,
        case when archived or _fivetran_deleted then 'deleted' end as excluded_because,
        1 as native_rows
    from companies

)

select * from accounts
