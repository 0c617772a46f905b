{# another rung's objects need not be there #}
{{ config(enabled=is_rung('salesforce', 'lead_is', [none, 'contact'])) }}

with

native_contacts as (

    {{ native_rows('salesforce', 'Contact') }}

),

contacts_with_status as (

    select
        native_contacts.*,
        {{ coded('salesforce', 'lead_status', 'leads_status') }} as status_code
    from native_contacts

),

-- a contact enters the pipeline with the stamp that marks it as a lead; without one it never did
leads as (

    select
        id as lead_id,
        cast(null as {{ dbt.type_string() }}) as company_name,
        name as contact_name,
        email,
        phone,
        leads_source as source,
        status_code as status,
        owner_id as owner_user_id,
        leads_created_at as created_at,
        leads_disqualified_at as disqualified_at,
        case when status_code = 'converted' then account_id end as converted_account_id,
        master_record_id as merged_into_lead_id,
        coalesce(system_modstamp, last_modified_date) as updated_at,
        id as converted_contact_id,
        cast(null as {{ dbt.type_string() }}) as converted_opportunity_id,
        cast(null as {{ dbt.type_string() }}) as referring_account_id,
        cast(null as {{ dbt.type_string() }}) as referred_on,
        'Contact' as native_table,
        id as native_id,
        case
            when is_deleted and master_record_id is null then 'deleted'
            when leads_created_at is null then 'not_a_lead'
        end as excluded_because,
        1 as native_rows
    from contacts_with_status

)

select * from leads
