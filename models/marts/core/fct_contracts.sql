with

contracts as (

    select * from {{ ref('stg_crm__contracts') }}

),

conversion_rates as (

    select * from {{ ref('int_conversion_rates') }}

),

-- a contract signed after as_of_date is not there yet, and a later cancellation has not happened
known_contracts as (

    select
        contract_id,
        account_id,
        opportunity_id,
        renewed_from_contract_id,
        contract_type,
        status,
        coalesce(signed_on, start_date) as signed_on,
        start_date,
        end_date,
        case when cancelled_on <= {{ sql_date('as_of_date') }} then cancelled_on end
            as cancelled_on,
        currency,
        total_value - coalesce(one_time_fees, 0) as recurring_value
    from contracts
    where coalesce(signed_on, start_date) <= {{ sql_date('as_of_date') }}

),

-- a month has 30.4375 days on average, so that a year from any day is 12 of them
counted_contracts as (

    select
        *,
        -- least passes over the one that is not there
        least(end_date, cancelled_on) as ended_on,
        cast(round(({{ days_between('start_date', 'end_date') }} + 1) / 30.4375) as integer)
            as term_months
    from known_contracts
    where
        status not in ('draft', 'void')
        and (cancelled_on is null or cancelled_on >= start_date)

),

-- of several renewals the one that starts first decides
first_renewals as (

    select
        counted_contracts.contract_id,
        min(renewals.start_date) as renewal_start_date
    from counted_contracts
    inner join counted_contracts as renewals
        on
            counted_contracts.contract_id = renewals.renewed_from_contract_id
            and counted_contracts.account_id = renewals.account_id
            and counted_contracts.start_date < renewals.start_date
    group by counted_contracts.contract_id

),

contracts_with_reach as (

    select
        counted_contracts.*,
        first_renewals.renewal_start_date,
        case
            when
                first_renewals.renewal_start_date is not null
                and (
                    counted_contracts.ended_on is null
                    or {{ days_between(
                        'counted_contracts.ended_on', 'first_renewals.renewal_start_date'
                    ) }} - 1 <= {{ setting('renewal_grace_days') }}
                )
                then first_renewals.renewal_start_date - 1
            else counted_contracts.ended_on
        end as active_through
    from counted_contracts
    left join first_renewals on counted_contracts.contract_id = first_renewals.contract_id

),

-- left join: what is in the reporting currency needs no rate
contracts_in_reporting_currency as (

    select
        contracts_with_reach.*,
        case
            when contracts_with_reach.currency = '{{ setting("reporting_currency") }}'
                then cast(contracts_with_reach.recurring_value as decimal(28, 6))
            else {{ convert_amount(
                'contracts_with_reach.recurring_value',
                'conversion_rates.own_rate',
                'conversion_rates.reporting_rate'
            ) }}
        end as reporting_value
    from contracts_with_reach
    left join conversion_rates
        on
            contracts_with_reach.currency = conversion_rates.currency
            and contracts_with_reach.signed_on = conversion_rates.converted_on

),

-- an open-ended contract's value is per 12 months; a shorter one is not blown up to a year
contracts_with_annual_value as (

    select
        contract_id,
        account_id,
        opportunity_id,
        renewed_from_contract_id,
        contract_type,
        status,
        signed_on,
        start_date,
        end_date,
        cancelled_on,
        ended_on,
        renewal_start_date,
        active_through,
        term_months,
        currency,
        {{ divide('12 * reporting_value', 'greatest(12, term_months)') }} as annual_value
    from contracts_in_reporting_currency

)

select * from contracts_with_annual_value
