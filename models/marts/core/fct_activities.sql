{#- A view: a table would write millions of rows again that are read twice, each time a part. -#}
{{ config(materialized='view') }}

with

activities as (

    select * from {{ ref('stg_crm__activities') }}

),

merged_leads as (

    select * from {{ ref('int_merged_leads') }}

),

users as (

    select * from {{ ref('dim_users') }}

),

dated_activities as (

    select
        *,
        {{ business_date('occurred_at') }} as occurred_on
    from activities

),

known_activities as (

    select
        dated_activities.activity_id,
        dated_activities.activity_type,
        dated_activities.status,
        dated_activities.occurred_on,
        dated_activities.user_id,
        users.employee_id,
        coalesce(merged_leads.surviving_lead_id, dated_activities.lead_id) as lead_id,
        dated_activities.opportunity_id,
        dated_activities.account_id,
        dated_activities.status = 'completed' as is_completed,
        dated_activities.status = 'completed'
        and dated_activities.activity_type in {{ sql_list(setting('customer_meeting_types')) }}
        and coalesce(
            dated_activities.lead_id, dated_activities.opportunity_id, dated_activities.account_id
        ) is not null as is_customer_meeting
    from dated_activities
    left join merged_leads on dated_activities.lead_id = merged_leads.lead_id
    left join users on dated_activities.user_id = users.user_id
    where dated_activities.occurred_on <= {{ sql_date('as_of_date') }}

)

select * from known_activities
