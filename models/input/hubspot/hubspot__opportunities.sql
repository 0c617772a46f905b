with

deals as (

    {{ native_rows('hubspot', 'deals') }}

),

merged_deals as (

    {{ native_rows('hubspot', 'merged_deals') }}

),

deal_leads as (

    select * from {{ ref('hubspot__deal_leads') }}
    where place = 1

),

deal_companies as (

    {{ native_rows('hubspot', 'deal_companies') }}

),

ranked_companies as (

    select
        deal_id,
        company_id,
        row_number() over (
            partition by deal_id
            order by case when type_id = '5' then 0 else 1 end, {{ by_code_point('company_id') }}
        ) as place
    from deal_companies

),

merged_parts as (

    select
        id as survivor_id,
        {{ each_of('hs_merged_object_ids') }} as merged_deal_id
    from deals
    where not archived and not _fivetran_deleted and hs_merged_object_ids is not null

),

-- the losers of a merge go on as rows, and nothing in them says so; a survivor may name itself
lost_in_merges as (

    select merged_deal_id
    from merged_deals
    where deal_id is null or merged_deal_id <> deal_id
    union
    select merged_deal_id
    from merged_parts
    where merged_deal_id <> survivor_id

),

coded_deals as (

    select
        deals.*,
        {{ coded('hubspot', 'opportunity_type', 'dealtype') }} as opportunity_type,
        {{ coded('hubspot', 'stage', 'dealstage') }} as stage
    from deals

),

{% set open_stages = known_codes('stage') | reject('in', ['closed_won', 'closed_lost']) | list -%}
opportunities as (

    select
        deals.id as opportunity_id,
        -- associations without a type do not say which company is the primary one
        coalesce(deals.opportunities_account_id, ranked_companies.company_id) as account_id,
        coalesce(deals.opportunities_lead_id, deal_leads.lead_id) as lead_id,
        deals.hubspot_owner_id as owner_user_id,
        deals.opportunity_type,
        deals.stage,
        deals.amount,
        {{ native_currency('deals.deal_currency_code') }} as currency,
        deals.createdate as created_at,
        -- an open deal carries the day that is hoped for
        case when deals.stage in {{ sql_list(open_stages) }} then null else deals.closedate end
            as closed_at,
        deals.hs_lastmodifieddate as updated_at,
        'deals' as native_table,
        deals.id as native_id,
        case
            when deals.archived or deals._fivetran_deleted then 'deleted'
            when lost_in_merges.merged_deal_id is not null then 'merged_deal'
        end as excluded_because,
        1 as native_rows,
        {{ native_day('deals.opportunities_contract_start_date') }} as contract_start_date,
        deals.opportunities_contract_term_months as contract_term_months
    from coded_deals as deals
    left join ranked_companies on deals.id = ranked_companies.deal_id and ranked_companies.place = 1
    left join deal_leads on deals.id = deal_leads.deal_id
    left join lost_in_merges on deals.id = lost_in_merges.merged_deal_id

)

select * from opportunities
