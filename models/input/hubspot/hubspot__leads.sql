with recursive

possible_leads as (

    select * from {{ ref('hubspot__leads_from_' ~ (setting('lead_is') or 'contact')) }}

),

status_history as (

    select * from {{ ref('hubspot__lead_status_history') }}
    where excluded_because is null

),

-- a merge makes a third record that names those it is made of
merged_parts as (

    select
        id as record_id,
        is_deleted,
        {{ each_of('hs_merged_object_ids') }} as merged_id
    from possible_leads
    where hs_merged_object_ids is not null

),

-- the parts of a part that was itself a merge's record are the survivor's, too; the trail ends a
-- walk that comes back to a record it has passed
walks as (

    select
        record_id as survivor_id,
        merged_id,
        cast(
            md5(record_id) || ',' || md5(merged_id) || ',' as {{ dbt.type_string() }}
        ) as trail
    from merged_parts
    where not is_deleted and merged_id <> record_id
    union all
    select
        walks.survivor_id,
        merged_parts.merged_id,
        cast(
            walks.trail || md5(merged_parts.merged_id) || ',' as {{ dbt.type_string() }}
        ) as trail
    from walks
    inner join merged_parts on walks.merged_id = merged_parts.record_id
    where
        merged_parts.is_deleted
        and position(md5(merged_parts.merged_id) in walks.trail) = 0

),

survivors as (

    select
        merged_id,
        {{ first_text('survivor_id') }} as survivor_id
    from walks
    group by merged_id

),

disqualifications as (

    select
        lead_id,
        max(changed_at) as disqualified_at
    from status_history
    where status = 'disqualified'
    group by lead_id

),

leads as (

    select
        possible_leads.id as lead_id,
        possible_leads.company_name,
        possible_leads.contact_name,
        possible_leads.email,
        possible_leads.phone,
        possible_leads.source,
        possible_leads.status,
        possible_leads.owner_user_id,
        possible_leads.created_at,
        coalesce(
            possible_leads.disqualified_at,
            case
                when possible_leads.status = 'disqualified' then disqualifications.disqualified_at
            end
        ) as disqualified_at,
        -- HubSpot guesses a contact's company by its mail domain, customer or not
        case when possible_leads.status = 'converted' then possible_leads.account_id end
            as converted_account_id,
        survivors.survivor_id as merged_into_lead_id,
        possible_leads.updated_at,
        possible_leads.native_table,
        possible_leads.id as native_id,
        -- a merged record stays whatever it is: what still names it means its survivor
        case
            when survivors.survivor_id is not null then null
            when possible_leads.is_deleted then 'deleted'
            when not possible_leads.is_lead then 'not_a_lead'
        end as excluded_because,
        1 as native_rows,
        possible_leads.contact_id,
        possible_leads.referring_account_id,
        possible_leads.referred_on
    from possible_leads
    left join survivors on possible_leads.id = survivors.merged_id
    left join disqualifications on possible_leads.id = disqualifications.lead_id

)

select * from leads
