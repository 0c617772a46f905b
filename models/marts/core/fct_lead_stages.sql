with

leads as (

    select * from {{ ref('fct_leads') }}

),

opportunities as (

    select * from {{ ref('fct_opportunities') }}

),

status_changes as (

    select * from {{ ref('stg_crm__lead_status_history') }}

),

merged_leads as (

    select * from {{ ref('int_merged_leads') }}

),

dated_status_changes as (

    select
        coalesce(merged_leads.surviving_lead_id, status_changes.lead_id) as lead_id,
        status_changes.status,
        {{ business_date('status_changes.changed_at') }} as changed_on
    from status_changes
    left join merged_leads on status_changes.lead_id = merged_leads.lead_id

),

first_changes as (

    select
        lead_id,
        min(case when status = 'working' then changed_on end) as working_on,
        min(case when status = 'qualified' then changed_on end) as qualified_on
    from dated_status_changes
    where changed_on <= {{ sql_date('as_of_date') }}
    group by lead_id

),

-- a lead that the CRM calls converted has an opportunity, whatever names it
opportunity_days as (

    select
        lead_id,
        created_on as opportunity_on
    from opportunities
    union all
    select
        lead_id,
        changed_on as opportunity_on
    from dated_status_changes
    where
        status = 'converted'
        and changed_on <= {{ sql_date('as_of_date') }}

),

dated_opportunities as (

    select
        lead_id,
        min(opportunity_on) as opportunity_on
    from opportunity_days
    group by lead_id

),

-- what is recorded before the lead entered is moved to that day
lead_stages as (

    select
        leads.lead_id,
        leads.source,
        leads.team,
        leads.entered_on,
        case
            when first_changes.working_on is not null
                then greatest(leads.entered_on, first_changes.working_on)
        end as working_on,
        case
            when first_changes.qualified_on is not null
                then greatest(leads.entered_on, first_changes.qualified_on)
        end as qualified_on,
        case
            when dated_opportunities.opportunity_on is not null
                then greatest(leads.entered_on, dated_opportunities.opportunity_on)
        end as opportunity_on,
        case when leads.outcome = 'won' then leads.outcome_on end as won_on
    from leads
    left join first_changes on leads.lead_id = first_changes.lead_id
    left join dated_opportunities on leads.lead_id = dated_opportunities.lead_id

)

select * from lead_stages
