{# another rung's objects need not be there #}
{{ config(enabled=is_rung('salesforce', 'contracts_from', ['won_opportunities'])) }}

with

won_opportunities as (

    select
        opportunities.*,
        coalesce(opportunities.contract_start_date, opportunities.close_date) as start_date,
        {{ term_months("coalesce(opportunities.contract_term_months, '12')") }} as term_months,
        {{ parse_date('coalesce(opportunities.contract_start_date, opportunities.close_date)') }}
            as starts_on
    from {{ ref('salesforce__opportunities') }} as opportunities
    where
        opportunities.excluded_because is null
        and opportunities.stage = 'closed_won'

),

-- a term that is no number stands where its end would, and is rejected by its name
opportunities_with_end as (

    select
        won_opportunities.*,
        case
            when {{ matches('won_opportunities.term_months', '[0-9]{1,3}') }}
                then cast(
                    {{ contract_end('starts_on', 'won_opportunities.term_months') }}
                    as {{ dbt.type_string() }}
                )
            else won_opportunities.term_months
        end as end_date
    from won_opportunities

),

-- a day that is none stays a text, and is rejected by its name
dated_contracts as (

    select
        opportunity_id as contract_id,
        account_id,
        opportunity_type as contract_type,
        starts_on,
        {{ parse_date('end_date') }} as ends_on,
        excluded_because
    from opportunities_with_end

),

{{ renewed_contracts('dated_contracts') }},

contracts as (

    select
        opportunities_with_end.opportunity_id as contract_id,
        opportunities_with_end.account_id,
        opportunities_with_end.opportunity_id,
        renewed_contracts.renewed_from_contract_id,
        case opportunities_with_end.opportunity_type
            when 'new_business' then 'new' else opportunities_with_end.opportunity_type
        end as contract_type,
        'active' as status,
        opportunities_with_end.close_date as signed_on,
        opportunities_with_end.start_date,
        opportunities_with_end.end_date,
        cast(null as {{ dbt.type_string() }}) as cancelled_on,
        opportunities_with_end.amount as total_value,
        cast(null as {{ dbt.type_string() }}) as one_time_fees,
        opportunities_with_end.currency,
        opportunities_with_end.updated_at,
        'Opportunity' as native_table,
        opportunities_with_end.opportunity_id as native_id,
        cast(null as {{ dbt.type_string() }}) as excluded_because,
        0 as native_rows
    from opportunities_with_end
    left join renewed_contracts
        on opportunities_with_end.opportunity_id = renewed_contracts.contract_id

)

select * from contracts
