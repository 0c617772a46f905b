with

exchange_rates as (

    select * from {{ ref('stg_reference__exchange_rates') }}

),

-- the base currency is worth one unit of itself on every day; rows that say otherwise are not used
rates_in_force as (

    select
        '{{ setting("base_currency") }}' as currency,
        date '1900-01-01' as valid_from,
        cast(1 as decimal(28, 12)) as rate
    union all
    select
        currency,
        rate_date as valid_from,
        rate
    from exchange_rates
    where currency <> '{{ setting("base_currency") }}'

),

rate_spans as (

    select
        currency,
        valid_from,
        coalesce(
            lead(valid_from) over (partition by currency order by valid_from) - 1,
            date '9999-12-31'
        ) as valid_to,
        rate
    from rates_in_force

)

select * from rate_spans
