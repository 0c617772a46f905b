with

checked_exchange_rates as (

    select * from {{ ref('base_reference__exchange_rates') }}

),

accepted_exchange_rates as (

    select
        rate_date,
        currency,
        rate
    from checked_exchange_rates
    where reject_reasons is null

)

select * from accepted_exchange_rates
