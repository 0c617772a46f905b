{#-
    The CTEs that say which contract each renewal follows where the deals behind them do not; the last one,
    renewed_contracts, has contract_id and renewed_from_contract_id.

    contracts: a CTE with contract_id, account_id, contract_type, starts_on and ends_on (dates; the last
    day of 9999 for a contract without an end) and excluded_because.

    It is what has just ended, else what ends next to the renewal's start, before or after; an open-ended
    contract ends with its renewal, unless another end is near. Core takes no link over a longer gap than
    renewal_grace_days.
-#}
{% macro renewed_contracts(contracts) -%}
{%- set grace_days = setting('renewal_grace_days') -%}
earlier_contracts as (

    select
        renewals.contract_id,
        renewals.account_id,
        renewals.starts_on,
        earlier.contract_id as earlier_contract_id,
        earlier.starts_on as earlier_starts_on,
        earlier.ends_on as earlier_ends_on,
        {{ days_between('earlier.ends_on', 'renewals.starts_on') }} - 1 as gap_days
    from {{ contracts }} as renewals
    inner join {{ contracts }} as earlier
        on
            renewals.account_id = earlier.account_id
            and renewals.contract_type = 'renewal'
            and renewals.excluded_because is null
            and renewals.starts_on > earlier.starts_on
            and earlier.ends_on is not null
            and earlier.excluded_because is null

),

ranked_contracts as (

    select
        *,
        row_number() over (
            partition by contract_id
            order by
                case when gap_days between 0 and {{ grace_days }} then 1 else 2 end,
                case
                    when earlier_ends_on >= date '9999-01-01' then {{ grace_days }}
                    else abs(gap_days)
                end,
                earlier_ends_on
        ) as end_rank
    from earlier_contracts

),

-- of contracts that end on one day each is followed by one renewal
places as (

    select
        earlier_contracts.contract_id,
        earlier_contracts.earlier_contract_id,
        dense_rank() over (
            partition by earlier_contracts.contract_id
            order by
                earlier_contracts.earlier_starts_on,
                {{ by_code_point('earlier_contracts.earlier_contract_id') }}
        ) as contract_place,
        dense_rank() over (
            partition by earlier_contracts.account_id, earlier_contracts.earlier_ends_on
            order by
                earlier_contracts.starts_on, {{ by_code_point('earlier_contracts.contract_id') }}
        ) as renewal_place
    from earlier_contracts
    inner join ranked_contracts
        on
            earlier_contracts.contract_id = ranked_contracts.contract_id
            and earlier_contracts.earlier_ends_on = ranked_contracts.earlier_ends_on
            and ranked_contracts.end_rank = 1

),

renewed_contracts as (

    select
        contract_id,
        {{ first_text('earlier_contract_id') }} as renewed_from_contract_id
    from places
    where contract_place = renewal_place
    group by contract_id

)
{%- endmacro %}
