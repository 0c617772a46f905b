{# another rung's objects need not be there #}
{{ config(enabled=is_rung('hubspot', 'lead_is', ['lead'])) }}

with

leads as (

    {{ native_rows('hubspot', 'leads') }}

),

contacts as (

    {{ native_rows('hubspot', 'contacts') }}

),

lead_contacts as (

    {{ native_rows('hubspot', 'lead_contacts') }}

),

-- a lead is about one person: where its row does not say who, the first of the associated ones
first_contacts as (

    select
        lead_id,
        {{ first_text('contact_id') }} as contact_id
    from lead_contacts
    group by lead_id

),

people as (

    select
        id as contact_id,
        min(company) as company_name,
        min(nullif(trim(coalesce(firstname, '') || ' ' || coalesce(lastname, '')), ''))
            as contact_name,
        min(email) as email,
        min(phone) as phone,
        min(associatedcompanyid) as account_id
    from contacts
    group by id

),

leads_with_contact as (

    select
        leads.*,
        coalesce(leads.hs_primary_contact_id, first_contacts.contact_id) as contact_id
    from leads
    left join first_contacts on leads.id = first_contacts.lead_id

),

possible_leads as (

    select
        leads.id,
        leads.contact_id,
        people.company_name,
        coalesce(people.contact_name, leads.hs_lead_name) as contact_name,
        people.email,
        people.phone,
        leads.leads_source as source,
        {{ coded('hubspot', 'lead_status', 'leads.hs_pipeline_stage') }} as status,
        leads.hubspot_owner_id as owner_user_id,
        coalesce(leads.leads_created_at, leads.hs_createdate) as created_at,
        leads.leads_disqualified_at as disqualified_at,
        coalesce(leads.hs_primary_company_id, people.account_id) as account_id,
        leads.hs_merged_object_ids,
        {% if setting('referrals_from') == 'lead' -%}
        leads.referrals_referring_account_id as referring_account_id,
        leads.referrals_referred_on as referred_on,
        {%- else -%}
        cast(null as {{ dbt.type_string() }}) as referring_account_id,
        cast(null as {{ dbt.type_string() }}) as referred_on,
        {%- endif %}
        leads.hs_lastmodifieddate as updated_at,
        'leads' as native_table,
        leads.archived or leads._fivetran_deleted as is_deleted,
        true as is_lead
    from leads_with_contact as leads
    left join people on leads.contact_id = people.contact_id

)

select * from possible_leads
