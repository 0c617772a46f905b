with

engagements as (

    select * from {{ ref('hubspot__engagements') }}

),

contacts as (

    {{ native_rows('hubspot', 'contacts') }}

),

engagement_contacts as (

    {{ native_rows('hubspot', 'engagement_contacts') }}

),

engagement_companies as (

    {{ native_rows('hubspot', 'engagement_companies') }}

),

engagement_records as (

    select * from {{ ref('hubspot__engagement_records') }}

),

named_companies as (

    select
        engagement_id,
        {{ first_text('company_id') }} as company_id
    from engagement_companies
    group by engagement_id

),

-- a meeting with a customer's people is one with the customer
companies_of_contacts as (

    select
        engagement_contacts.engagement_id,
        {{ first_text('contacts.associatedcompanyid') }} as company_id
    from engagement_contacts
    inner join contacts on engagement_contacts.contact_id = contacts.id
    group by engagement_contacts.engagement_id

),

-- with two leads it is a touch of both: a row each
activities as (

    select
        engagements.id
        || case
            when coalesce(engagement_records.places, 1) = 1 then ''
            else ':' || coalesce(engagement_records.lead_id, 'deal-' || engagement_records.deal_id)
        end as activity_id,
        engagements.activity_type,
        engagements.status,
        engagements.hubspot_owner_id as user_id,
        engagement_records.lead_id,
        engagement_records.deal_id as opportunity_id,
        coalesce(named_companies.company_id, companies_of_contacts.company_id) as account_id,
        engagements.occurred_at,
        engagements.native_table,
        engagements.id as native_id,
        engagements.excluded_because,
        case when coalesce(engagement_records.place, 1) = 1 then 1 else 0 end as native_rows
    from engagements
    left join engagement_records on engagements.id = engagement_records.engagement_id
    left join named_companies on engagements.id = named_companies.engagement_id
    left join companies_of_contacts on engagements.id = companies_of_contacts.engagement_id

)

select * from activities
