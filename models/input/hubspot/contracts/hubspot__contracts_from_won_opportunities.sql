{# another rung's objects need not be there #}
{{ config(enabled=is_rung('hubspot', 'contracts_from', ['won_opportunities'])) }}

with

-- closedate is a moment: its day is that of the business time zone
won_opportunities as (

    select
        opportunities.*,
        {{ business_day('closed_at') }} as closed_on,
        coalesce(contract_start_date, {{ business_day('closed_at') }}) as start_date,
        coalesce(contract_term_months, '12') as term_months
    from {{ ref('hubspot__opportunities') }} as opportunities
    where
        excluded_because is null
        and stage = 'closed_won'

),

-- a term that is no number stands where its end would, and is rejected by its name
opportunities_with_end as (

    select
        won_opportunities.*,
        {{ parse_date('start_date') }} as starts_on,
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

-- a renewal follows the account's contract that ended last
earlier_contracts as (

    select
        renewals.opportunity_id,
        earlier.opportunity_id as renewed_from_contract_id,
        row_number() over (
            partition by renewals.opportunity_id
            order by
                {{ by_code_point('earlier.end_date') }} desc,
                {{ by_code_point('earlier.opportunity_id') }}
        ) as place
    from opportunities_with_end as renewals
    inner join opportunities_with_end as earlier
        on
            renewals.account_id = earlier.account_id
            and renewals.opportunity_type = 'renewal'
            and renewals.starts_on > earlier.starts_on

),

-- the deal is counted among the opportunities
contracts as (

    select
        opportunities_with_end.opportunity_id as contract_id,
        opportunities_with_end.account_id,
        opportunities_with_end.opportunity_id,
        earlier_contracts.renewed_from_contract_id,
        case opportunities_with_end.opportunity_type
            when 'new_business' then 'new' else opportunities_with_end.opportunity_type
        end as contract_type,
        'active' as status,
        opportunities_with_end.closed_on as signed_on,
        opportunities_with_end.start_date,
        opportunities_with_end.end_date,
        cast(null as {{ dbt.type_string() }}) as cancelled_on,
        opportunities_with_end.amount as total_value,
        cast(null as {{ dbt.type_string() }}) as one_time_fees,
        opportunities_with_end.currency,
        opportunities_with_end.updated_at,
        'deals' as native_table,
        opportunities_with_end.opportunity_id as native_id,
        cast(null as {{ dbt.type_string() }}) as excluded_because,
        0 as native_rows
    from opportunities_with_end
    left join earlier_contracts
        on
            opportunities_with_end.opportunity_id = earlier_contracts.opportunity_id
            and earlier_contracts.place = 1

)

select * from contracts
