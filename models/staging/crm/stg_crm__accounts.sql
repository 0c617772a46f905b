with

checked_accounts as (

    select * from {{ ref('base_crm__accounts') }}

),

accepted_accounts as (

    select
        account_id,
        account_name,
        segment,
        industry,
        region,
        owner_user_id,
        created_at,
        updated_at
    from checked_accounts
    where reject_reasons is null

)

select * from accepted_accounts
