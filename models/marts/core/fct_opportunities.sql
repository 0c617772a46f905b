with

opportunities as (

    select * from {{ ref('stg_crm__opportunities') }}

),

merged_leads as (

    select * from {{ ref('int_merged_leads') }}

),

users as (

    select * from {{ ref('dim_users') }}

),

dated_opportunities as (

    select
        opportunity_id,
        account_id,
        lead_id,
        owner_user_id,
        opportunity_type,
        stage,
        {{ business_date('created_at') }} as created_on,
        {{ business_date('closed_at') }} as closed_on
    from opportunities

),

-- one that closes after as_of_date is still open
known_opportunities as (

    select
        *,
        case
            when closed_on > {{ sql_date('as_of_date') }} then 'open'
            when stage = 'closed_won' then 'won'
            when stage = 'closed_lost' then 'lost'
            else 'open'
        end as outcome
    from dated_opportunities
    where created_on <= {{ sql_date('as_of_date') }}

),

opportunities_with_lead as (

    select
        known_opportunities.opportunity_id,
        known_opportunities.account_id,
        coalesce(merged_leads.surviving_lead_id, known_opportunities.lead_id) as lead_id,
        known_opportunities.opportunity_type,
        known_opportunities.created_on,
        known_opportunities.outcome,
        case when known_opportunities.outcome <> 'open' then known_opportunities.closed_on end
            as closed_on,
        coalesce(users.user_id, 'unassigned') as rep,
        users.employee_id
    from known_opportunities
    left join merged_leads on known_opportunities.lead_id = merged_leads.lead_id
    left join users on known_opportunities.owner_user_id = users.user_id

)

select * from opportunities_with_lead
