-- a CRM's rates are of its corporate currency, whose own rate is 1: it must be base_currency
{{ config(enabled=is_rung('salesforce', 'exchange_rates_from', ['native'])) }}

with

rates as (

    select
        {{ upper_case('currency') }} as currency,
        min({{ parse_number(clean_text('rate')) }}) as lowest_rate,
        max({{ parse_number(clean_text('rate')) }}) as highest_rate
    from {{ ref('salesforce__exchange_rates') }}
    where excluded_because is null
    group by {{ upper_case('currency') }}

),

base_rates as (

    select * from rates
    where currency = '{{ setting("base_currency") }}'

)

select
    currency,
    lowest_rate,
    highest_rate,
    'rate of the base currency is not 1' as problem
from base_rates
where lowest_rate <> 1 or highest_rate <> 1
union all
select
    rates.currency,
    rates.lowest_rate,
    rates.highest_rate,
    'rate of 1 in a currency that is not the base currency' as problem
from rates
left join base_rates on base_rates.currency <> rates.currency
where
    rates.lowest_rate = 1
    and rates.highest_rate = 1
    and rates.currency <> '{{ setting("base_currency") }}'
    and base_rates.currency is null
