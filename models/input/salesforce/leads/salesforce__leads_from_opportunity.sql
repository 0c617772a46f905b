{# another rung's objects need not be there #}
{{ config(enabled=is_rung('salesforce', 'lead_is', [none, 'opportunity'])) }}

with

native_opportunities as (

    {{ native_rows('salesforce', 'Opportunity') }}

),

-- each opportunity is its own lead, and its stage is the outcome: the leads' KPIs are about opportunities
leads as (

    select
        id as lead_id,
        cast(null as {{ dbt.type_string() }}) as company_name,
        cast(null as {{ dbt.type_string() }}) as contact_name,
        cast(null as {{ dbt.type_string() }}) as email,
        cast(null as {{ dbt.type_string() }}) as phone,
        lead_source as source,
        'qualified' as status,
        owner_id as owner_user_id,
        created_date as created_at,
        cast(null as {{ dbt.type_string() }}) as disqualified_at,
        account_id as converted_account_id,
        cast(null as {{ dbt.type_string() }}) as merged_into_lead_id,
        coalesce(system_modstamp, last_modified_date) as updated_at,
        cast(null as {{ dbt.type_string() }}) as converted_contact_id,
        id as converted_opportunity_id,
        cast(null as {{ dbt.type_string() }}) as referring_account_id,
        cast(null as {{ dbt.type_string() }}) as referred_on,
        'Opportunity' as native_table,
        id as native_id,
        case when is_deleted then 'deleted' end as excluded_because,
        0 as native_rows
    from native_opportunities

)

select * from leads
