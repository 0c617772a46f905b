with recursive

merged_leads as (

    select
        lead_id,
        merged_into_lead_id
    from {{ ref('stg_crm__leads') }}
    where merged_into_lead_id is not null

),

-- the trail ends a walk that comes back to a lead it has passed; hashes, since an id may hold any
-- sign that could part two of them
walks as (

    select
        lead_id,
        merged_into_lead_id as arrived_at,
        cast(md5(lead_id) || ',' as {{ dbt.type_string() }}) as trail
    from merged_leads
    union all
    select
        walks.lead_id,
        merged_leads.merged_into_lead_id as arrived_at,
        cast(
            walks.trail || md5(walks.arrived_at) || ',' as {{ dbt.type_string() }}
        ) as trail
    from walks
    inner join merged_leads on walks.arrived_at = merged_leads.lead_id
    where position(md5(walks.arrived_at) in walks.trail) = 0

),

-- a walk has arrived where no merge leads on
arrivals as (

    select
        walks.lead_id,
        walks.arrived_at
    from walks
    left join merged_leads on walks.arrived_at = merged_leads.lead_id
    where merged_leads.lead_id is null

),

-- left join: merges that run in a circle arrive nowhere; such a lead names itself, unknown to all
surviving_leads as (

    select
        merged_leads.lead_id,
        coalesce(arrivals.arrived_at, merged_leads.lead_id) as surviving_lead_id
    from merged_leads
    left join arrivals on merged_leads.lead_id = arrivals.lead_id

)

select * from surviving_leads
