{%- set occurred_at = parse_stamp('tasks_and_events.occurred_at') -%}
with

tasks as (

    {{ native_rows('salesforce', 'Task') }}

),

events as (

    {{ native_rows('salesforce', 'Event') }}

),

leads as (

    select * from {{ ref('salesforce__leads') }}
    where excluded_because is null

),

accounts as (

    select * from {{ ref('salesforce__accounts') }}

),

opportunities as (

    select * from {{ ref('salesforce__opportunities') }}

),

-- a task's ActivityDate is the day on which it is due
tasks_and_events as (

    select
        id,
        who_id,
        what_id,
        account_id,
        owner_id,
        coalesce(type, task_subtype) as native_type,
        {{ coded('salesforce', 'activity_status', 'status') }} as status,
        coalesce(completed_date_time, activity_date) as occurred_at,
        case
            when is_deleted then 'deleted'
            when is_recurrence then 'series_pattern'
        end as excluded_because,
        'Task' as native_table
    from tasks
    union all
    select
        id,
        who_id,
        what_id,
        account_id,
        owner_id,
        coalesce(type, event_subtype, 'Event') as native_type,
        -- events have no status: without a word to the contrary they took place, in their time
        coalesce({{ coded('salesforce', 'activity_status', 'activities_status') }}, 'completed')
            as status,
        case
            when is_all_day_event then coalesce(activity_date, substring(start_date_time, 1, 10))
            else coalesce(start_date_time, activity_date_time, activity_date)
        end as occurred_at,
        case
            when is_deleted then 'deleted'
            when is_recurrence or group_event_type = '3' then 'series_pattern'
        end as excluded_because,
        'Event' as native_table
    from events

),

lead_ids as (

    select distinct {{ clean_text('lead_id') }} as lead_id from leads

),

-- conversion moves a lead's activities to its contact; of several leads of a contact each has those
-- from its entry on, and the first the earlier ones, too
leads_by_contact as (

    select
        converted_contact_id,
        {{ clean_text('lead_id') }} as lead_id,
        {{ parse_stamp(clean_text('created_at')) }} as entered_at,
        row_number() over (
            partition by converted_contact_id
            order by
                {{ parse_stamp(clean_text('created_at')) }} nulls last,
                {{ by_code_point('lead_id') }}
        ) as place
    from leads
    where converted_contact_id is not null

),

contacts_leads as (

    select
        *,
        lead(entered_at) over (partition by converted_contact_id order by place) as next_entered_at
    from leads_by_contact

),

account_ids as (

    select distinct {{ clean_text('account_id') }} as account_id from accounts

),

opportunity_ids as (

    select distinct {{ clean_text('opportunity_id') }} as opportunity_id from opportunities

),

-- ids tell their object by their first three signs, and known ones by their object
activities as (

    select
        tasks_and_events.id as activity_id,
        {{ coded('salesforce', 'activity_type', 'tasks_and_events.native_type') }} as activity_type,
        tasks_and_events.status,
        tasks_and_events.owner_id as user_id,
        coalesce(
            lead_ids.lead_id,
            contacts_leads.lead_id,
            case when tasks_and_events.who_id like '00Q%' then tasks_and_events.who_id end
        ) as lead_id,
        coalesce(
            opportunity_ids.opportunity_id,
            case when tasks_and_events.what_id like '006%' then tasks_and_events.what_id end
        ) as opportunity_id,
        coalesce(
            tasks_and_events.account_id,
            account_ids.account_id,
            case when tasks_and_events.what_id like '001%' then tasks_and_events.what_id end
        ) as account_id,
        tasks_and_events.occurred_at,
        tasks_and_events.native_table,
        tasks_and_events.id as native_id,
        tasks_and_events.excluded_because,
        1 as native_rows
    from tasks_and_events
    left join lead_ids on tasks_and_events.who_id = lead_ids.lead_id
    left join contacts_leads
        on
            tasks_and_events.who_id = contacts_leads.converted_contact_id
            and (
                contacts_leads.place = 1
                or contacts_leads.entered_at <= {{ occurred_at }}
            )
            and (
                contacts_leads.next_entered_at is null
                or contacts_leads.next_entered_at > {{ occurred_at }}
                or {{ occurred_at }} is null and contacts_leads.place = 1
            )
    left join account_ids on tasks_and_events.what_id = account_ids.account_id
    left join opportunity_ids on tasks_and_events.what_id = opportunity_ids.opportunity_id

)

select * from activities
