{# another rung's objects need not be there #}
{{ config(enabled=is_rung('hubspot', 'contracts_from', ['won_opportunities'])) }}

with

-- closedate is a moment: its day is that of the business time zone
won_opportunities as (

    select
        opportunities.*,
        {{ business_day('closed_at') }} as closed_on,
        coalesce(contract_start_date, {{ business_day('closed_at') }}) as start_date,
        {{ term_months("coalesce(contract_term_months, '12')") }} as term_months
    from {{ ref('hubspot__opportunities') }} as opportunities
    where
        excluded_because is null
        and stage = 'closed_won'

),

-- a term that is no number stands where its end would, and is rejected by its name
opportunities_with_end as (

    select
        won_opportunities.*,
        case
            when {{ matches('term_months', '[0-9]{1,3}') }}
                then cast(
                    {{ contract_end(parse_date('start_date'), 'term_months') }}
                    as {{ dbt.type_string() }}
                )
            else term_months
        end as end_date
    from won_opportunities

),

-- the deal is counted among the opportunities
contracts as (

    select
        opportunity_id as contract_id,
        account_id,
        opportunity_id,
        case opportunity_type
            when 'new_business' then 'new' else opportunity_type
        end as contract_type,
        'active' as status,
        closed_on as signed_on,
        start_date,
        end_date,
        cast(null as {{ dbt.type_string() }}) as cancelled_on,
        amount as total_value,
        cast(null as {{ dbt.type_string() }}) as one_time_fees,
        currency,
        updated_at,
        'deals' as native_table,
        opportunity_id as native_id,
        cast(null as {{ dbt.type_string() }}) as excluded_because,
        0 as native_rows
    from opportunities_with_end

)

select * from contracts
