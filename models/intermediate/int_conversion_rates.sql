with

contracts as (

    select * from {{ ref('stg_crm__contracts') }}

),

invoices as (

    select * from {{ ref('stg_crm__invoices') }}

),

exchange_rates as (

    select * from {{ ref('stg_reference__exchange_rates') }}

),

-- a day's rate is looked for once, however much is converted on it
conversions as (

    select
        currency,
        coalesce(signed_on, start_date) as converted_on
    from contracts
    where currency <> '{{ setting("reporting_currency") }}'
    union
    select
        currency,
        coalesce(paid_on, issued_on) as converted_on
    from invoices
    where currency <> '{{ setting("reporting_currency") }}'

),

-- the days that need a rate among those from which one holds
days_with_and_without_rate as (

    select
        currency,
        converted_on as rate_date,
        cast(null as decimal(28, 12)) as rate
    from conversions
    union all
    select
        '{{ setting("reporting_currency") }}' as currency,
        converted_on as rate_date,
        cast(null as decimal(28, 12)) as rate
    from conversions
    union all
    select
        currency,
        rate_date,
        rate
    from exchange_rates

),

rates_of_day as (

    select
        currency,
        rate_date,
        max(rate) as rate
    from days_with_and_without_rate
    group by currency, rate_date

),

-- how many rates there were by then says which one holds
numbered_rates as (

    select
        *,
        count(rate) over (partition by currency order by rate_date) as rate_number
    from rates_of_day

),

-- the base currency is worth one unit of itself on every day, whatever its rows say
rates_in_force as (

    select
        currency,
        rate_date,
        case
            when currency = '{{ setting("base_currency") }}' then cast(1 as decimal(28, 12))
            else max(rate) over (partition by currency, rate_number)
        end as rate
    from numbered_rates

),

conversion_rates as (

    select
        conversions.currency,
        conversions.converted_on,
        own_rates.rate as own_rate,
        reporting_rates.rate as reporting_rate
    from conversions
    inner join rates_in_force as own_rates
        on
            conversions.currency = own_rates.currency
            and conversions.converted_on = own_rates.rate_date
    inner join rates_in_force as reporting_rates
        on
            reporting_rates.currency = '{{ setting("reporting_currency") }}'
            and conversions.converted_on = reporting_rates.rate_date

)

select * from conversion_rates
