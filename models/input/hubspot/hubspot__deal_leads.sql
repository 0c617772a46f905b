with

lead_keys as (

    select * from {{ ref('hubspot__lead_keys') }}

),

deal_contacts as (

    {{ native_rows('hubspot', 'deal_contacts') }}

),

{% if setting('lead_is') == 'lead' -%}
deals as (

    {{ native_rows('hubspot', 'deals') }}

),

deal_leads as (

    {{ native_rows('hubspot', 'deal_leads') }}

),

{% endif -%}
people_of_deals as (

    select
        deal_id,
        'contacts' as native_table,
        contact_id as native_id
    from deal_contacts
    {%- if setting('lead_is') == 'lead' %}
    union all
    select
        deal_id,
        'leads' as native_table,
        lead_id as native_id
    from deal_leads
    {%- endif %}

),

-- custom labels write a pair of ids several times; a lead named itself goes before one that its
-- contact leads to
leads_of_deals as (

    select
        people_of_deals.deal_id,
        lead_keys.lead_id,
        max(people_of_deals.native_table) as native_table,
        {{ first_text('lead_keys.created_at') }} as created_at
    from people_of_deals
    inner join lead_keys
        on
            people_of_deals.native_table = lead_keys.native_table
            and people_of_deals.native_id = lead_keys.native_id
    group by people_of_deals.deal_id, lead_keys.lead_id

),

{% if setting('lead_is') == 'lead' -%}
creations_of_deals as (

    select
        id as deal_id,
        {{ first_text('createdate') }} as created_at
    from deals
    group by id

),

leads_with_entry as (

    select
        leads_of_deals.*,
        {{ business_date(parse_stamp('leads_of_deals.created_at')) }} as entered_on,
        {{ business_date(parse_stamp('creations_of_deals.created_at')) }} as deal_created_on
    from leads_of_deals
    left join creations_of_deals on leads_of_deals.deal_id = creations_of_deals.deal_id

),

-- who is worked on again has a lead for each time: the deal came of the latest that was there by
-- then
ranked_leads as (

    select
        deal_id,
        lead_id,
        row_number() over (
            partition by deal_id
            order by
                native_table desc,
                case when entered_on <= deal_created_on then 1 else 2 end,
                case
                    when entered_on <= deal_created_on
                        then {{ days_between('entered_on', 'deal_created_on') }}
                end,
                {{ by_code_point('created_at') }},
                {{ by_code_point('lead_id') }}
        ) as place
    from leads_with_entry

)
{%- else -%}
ranked_leads as (

    select
        deal_id,
        lead_id,
        row_number() over (
            partition by deal_id
            order by {{ by_code_point('created_at') }}, {{ by_code_point('lead_id') }}
        ) as place
    from leads_of_deals

)
{%- endif %}

select * from ranked_leads
