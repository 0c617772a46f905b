with

lead_keys as (

    select * from {{ ref('hubspot__lead_keys') }}

),

engagement_contacts as (

    {{ native_rows('hubspot', 'engagement_contacts') }}

),

{% if setting('lead_is') == 'lead' -%}
-- a lead that is named itself goes before those of the contacts
engagement_leads as (

    {{ native_rows('hubspot', 'engagement_leads') }}

),

{% endif -%}
engagement_deals as (

    {{ native_rows('hubspot', 'engagement_deals') }}

),

leads_of_engagements as (

    select
        engagement_contacts.engagement_id,
        lead_keys.lead_id
    from engagement_contacts
    inner join lead_keys
        on
            engagement_contacts.contact_id = lead_keys.native_id
            and lead_keys.native_table = 'contacts'
            and lead_keys.place = 1
    {%- if setting('lead_is') == 'lead' %}
    left join engagement_leads
        on engagement_contacts.engagement_id = engagement_leads.engagement_id
    where engagement_leads.engagement_id is null
    union all
    select
        engagement_id,
        lead_id
    from engagement_leads
    {%- endif %}

),

-- custom labels write a pair of ids several times
ranked_leads as (

    select distinct
        engagement_id,
        lead_id,
        dense_rank() over (
            partition by engagement_id order by {{ by_code_point('lead_id') }}
        ) as place
    from leads_of_engagements

),

ranked_deals as (

    select distinct
        engagement_id,
        deal_id,
        dense_rank() over (
            partition by engagement_id order by {{ by_code_point('deal_id') }}
        ) as place
    from engagement_deals

),

places as (

    select
        engagement_id,
        place
    from ranked_leads
    union
    select
        engagement_id,
        place
    from ranked_deals

),

-- leads and deals side by side, not each with each
records as (

    select
        places.engagement_id,
        places.place,
        ranked_leads.lead_id,
        ranked_deals.deal_id,
        count(*) over (partition by places.engagement_id) as places
    from places
    left join ranked_leads
        on places.engagement_id = ranked_leads.engagement_id and places.place = ranked_leads.place
    left join ranked_deals
        on places.engagement_id = ranked_deals.engagement_id and places.place = ranked_deals.place

)

select * from records
