with

leads as (

    select * from {{ ref('hubspot__leads') }}
    where excluded_because is null

),

{% if setting('lead_is') == 'lead' -%}
lead_contacts as (

    {{ native_rows('hubspot', 'lead_contacts') }}

),

contacts_of_leads as (

    select
        contact_id,
        lead_id
    from leads
    union all
    select
        contact_id,
        lead_id
    from lead_contacts

),

-- ids are unique within an object type only
records as (

    select
        'leads' as native_table,
        lead_id as native_id,
        lead_id,
        created_at
    from leads
    union all
    select
        'contacts' as native_table,
        contacts_of_leads.contact_id as native_id,
        leads.lead_id,
        leads.created_at
    from contacts_of_leads
    inner join leads on contacts_of_leads.lead_id = leads.lead_id

),
{%- else -%}
records as (

    select
        'contacts' as native_table,
        lead_id as native_id,
        lead_id,
        created_at
    from leads

),
{%- endif %}

-- a contact may be worked on as a lead several times
lead_keys as (

    select
        native_table,
        native_id,
        lead_id,
        created_at,
        row_number() over (
            partition by native_table, native_id
            order by {{ by_code_point('created_at') }}, {{ by_code_point('lead_id') }}
        ) as place
    from records
    where native_id is not null

)

select * from lead_keys
