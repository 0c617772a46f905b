with

lead_keys as (

    select * from {{ ref('hubspot__lead_keys') }}

),

engagement_contacts as (

    {{ native_rows('hubspot', 'engagement_contacts') }}

),

{% if setting('lead_is') == 'lead' -%}
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
    {%- if setting('lead_is') == 'lead' %}
    where engagement_contacts.engagement_id not in (
        select engagement_leads.engagement_id
        from engagement_leads
        where engagement_leads.engagement_id is not null
    )
    union
    select
        engagement_id,
        lead_id
    from engagement_leads
    {%- else %}
    group by engagement_contacts.engagement_id, lead_keys.lead_id
    {%- endif %}

),

ranked_leads as (

    select
        engagement_id,
        lead_id,
        row_number() over (partition by engagement_id order by {{ by_code_point('lead_id') }}) as place
    from leads_of_engagements

),

ranked_deals as (

    select
        engagement_id,
        deal_id,
        row_number() over (partition by engagement_id order by {{ by_code_point('deal_id') }}) as place
    from (
        select distinct
            engagement_id,
            deal_id
        from engagement_deals
    ) as pairs

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
