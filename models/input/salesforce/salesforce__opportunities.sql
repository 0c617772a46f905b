with

native_opportunities as (

    {{ native_rows('salesforce', 'Opportunity') }}

),

leads as (

    select * from {{ ref('salesforce__leads') }}
    where excluded_because is null

),

-- the native link knows one opportunity a lead, and two leads may have been converted to one
leads_by_opportunity as (

    select
        converted_opportunity_id,
        lead_id,
        row_number() over (
            partition by converted_opportunity_id
            order by {{ parse_stamp(clean_text('created_at')) }}, {{ by_code_point('lead_id') }}
        ) as place
    from leads
    where converted_opportunity_id is not null

),

-- an open opportunity's CloseDate is the day that is hoped for
opportunities as (

    select
        native_opportunities.id as opportunity_id,
        native_opportunities.account_id,
        coalesce(native_opportunities.opportunities_lead_id, leads_by_opportunity.lead_id) as lead_id,
        native_opportunities.owner_id as owner_user_id,
        {{ coded('salesforce', 'opportunity_type', 'native_opportunities.type') }} as opportunity_type,
        {{ coded('salesforce', 'stage', 'native_opportunities.stage_name') }} as stage,
        native_opportunities.amount,
        {{ native_currency('native_opportunities.currency_iso_code') }} as currency,
        native_opportunities.created_date as created_at,
        case
            when native_opportunities.is_closed
                then coalesce(native_opportunities.opportunities_closed_at, native_opportunities.close_date)
        end as closed_at,
        coalesce(native_opportunities.system_modstamp, native_opportunities.last_modified_date) as updated_at,
        native_opportunities.close_date,
        native_opportunities.opportunities_contract_start_date as contract_start_date,
        native_opportunities.opportunities_contract_term_months as contract_term_months,
        'Opportunity' as native_table,
        native_opportunities.id as native_id,
        case when native_opportunities.is_deleted then 'deleted' end as excluded_because,
        1 as native_rows
    from native_opportunities
    left join leads_by_opportunity
        on
            {{ clean_text('native_opportunities.id') }} = leads_by_opportunity.converted_opportunity_id
            and leads_by_opportunity.place = 1

)

select * from opportunities
