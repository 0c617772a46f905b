{#- A view: of millions of touches only the last of each month is looked at, once. -#}
{{ config(materialized='view') }}

with

opportunities as (

    select * from {{ ref('fct_opportunities') }}

),

completed_activities as (

    select * from {{ ref('fct_activities') }}
    where is_completed

),

status_changes as (

    select * from {{ ref('stg_crm__lead_status_history') }}

),

stage_changes as (

    select * from {{ ref('stg_crm__opportunity_stage_history') }}

),

merged_leads as (

    select * from {{ ref('int_merged_leads') }}

),

touches as (

    select
        lead_id,
        occurred_on as touched_on
    from completed_activities
    union all
    select
        opportunities.lead_id,
        completed_activities.occurred_on as touched_on
    from completed_activities
    inner join opportunities on completed_activities.opportunity_id = opportunities.opportunity_id
    union all
    select
        coalesce(merged_leads.surviving_lead_id, status_changes.lead_id) as lead_id,
        {{ business_date('status_changes.changed_at') }} as touched_on
    from status_changes
    left join merged_leads on status_changes.lead_id = merged_leads.lead_id
    union all
    select
        opportunities.lead_id,
        {{ business_date('stage_changes.changed_at') }} as touched_on
    from stage_changes
    inner join opportunities on stage_changes.opportunity_id = opportunities.opportunity_id

),

known_touches as (

    select
        lead_id,
        touched_on
    from touches
    where
        lead_id is not null
        and touched_on <= {{ sql_date('as_of_date') }}

)

select * from known_touches
