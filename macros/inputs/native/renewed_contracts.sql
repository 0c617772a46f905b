{#-
    A select of which contract each renewal follows: contract_id, renewed_from_contract_id. It is the one of
    the account's earlier contracts whose end is nearest to the renewal's start, before or after it;
    renewals of one day each follow another.

    contracts: a relation with account_id, starts_on and ends_on (dates) and contract_type; id: its key.
-#}
{% macro renewed_contracts(contracts, id) -%}
    select
        pairs.contract_id,
        pairs.renewed_from_contract_id
    from (
        select
            renewals.{{ id }} as contract_id,
            earlier.{{ id }} as renewed_from_contract_id,
            renewals.place_of_day,
            row_number() over (
                partition by renewals.{{ id }}
                order by
                    abs({{ days_between('earlier.ends_on', 'renewals.starts_on') }}) nulls last,
                    earlier.ends_on,
                    {{ by_code_point('earlier.' ~ id) }}
            ) as place
        from (
            select
                *,
                row_number() over (
                    partition by account_id, starts_on order by {{ by_code_point(id) }}
                ) as place_of_day
            from {{ contracts }}
            where contract_type = 'renewal'
        ) as renewals
        inner join {{ contracts }} as earlier
            on
                renewals.account_id = earlier.account_id
                and earlier.starts_on < renewals.starts_on
    ) as pairs
    where pairs.place = pairs.place_of_day
{%- endmacro %}
