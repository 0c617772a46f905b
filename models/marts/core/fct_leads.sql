with

leads as (

    select * from {{ ref('stg_crm__leads') }}

),

opportunities as (

    select * from {{ ref('fct_opportunities') }}

),

users as (

    select * from {{ ref('dim_users') }}

),

employee_teams as (

    select * from {{ ref('int_employee_teams') }}
    where scope = 'all'

),

-- a lead that was merged into another is no lead
dated_leads as (

    select
        lead_id,
        coalesce(source, 'unknown') as source,
        owner_user_id,
        converted_account_id,
        status,
        {{ business_date('created_at') }} as entered_on,
        {{ business_date('disqualified_at') }} as disqualified_on
    from leads
    where merged_into_lead_id is null

),

closed_opportunities as (

    select
        lead_id,
        min(case when outcome = 'won' then closed_on end) as first_won_on,
        max(case when outcome = 'lost' then closed_on end) as last_lost_on,
        bool_and(outcome = 'lost') as are_all_lost
    from opportunities
    where lead_id is not null
    group by lead_id

),

leads_with_outcome as (

    select
        dated_leads.*,
        case
            when closed_opportunities.first_won_on is not null then 'won'
            when
                dated_leads.status = 'disqualified'
                and dated_leads.disqualified_on <= {{ sql_date('as_of_date') }}
                then 'lost'
            when closed_opportunities.are_all_lost then 'lost'
            else 'open'
        end as outcome,
        case
            when closed_opportunities.first_won_on is not null
                then closed_opportunities.first_won_on
            when
                dated_leads.status = 'disqualified'
                and dated_leads.disqualified_on <= {{ sql_date('as_of_date') }}
                then dated_leads.disqualified_on
            when closed_opportunities.are_all_lost then closed_opportunities.last_lost_on
        end as decided_on
    from dated_leads
    left join closed_opportunities on dated_leads.lead_id = closed_opportunities.lead_id
    where dated_leads.entered_on <= {{ sql_date('as_of_date') }}

),

-- an outcome recorded before the lead entered is moved to that day
leads_with_dimensions as (

    select
        leads_with_outcome.lead_id,
        leads_with_outcome.entered_on,
        leads_with_outcome.source,
        coalesce(employee_teams.team, 'unassigned') as team,
        coalesce(users.user_id, 'unassigned') as rep,
        leads_with_outcome.converted_account_id,
        leads_with_outcome.outcome,
        case
            when leads_with_outcome.decided_on < leads_with_outcome.entered_on
                then leads_with_outcome.entered_on
            else leads_with_outcome.decided_on
        end as outcome_on
    from leads_with_outcome
    left join users on leads_with_outcome.owner_user_id = users.user_id
    left join employee_teams
        on
            users.employee_id = employee_teams.employee_id
            and leads_with_outcome.entered_on >= employee_teams.starts_on
            and leads_with_outcome.entered_on <= employee_teams.ends_on

),

leads_with_days as (

    select
        *,
        {{ days_between('entered_on', 'outcome_on') }} as days_to_outcome
    from leads_with_dimensions

)

select * from leads_with_days
