with

checked_leads as (

    select * from {{ ref('base_crm__leads') }}

),

accepted_leads as (

    select
        lead_id,
        company_name,
        contact_name,
        email,
        phone,
        source,
        status,
        owner_user_id,
        created_at,
        disqualified_at,
        converted_account_id,
        merged_into_lead_id,
        updated_at
    from checked_leads
    where reject_reasons is null

)

select * from accepted_leads
