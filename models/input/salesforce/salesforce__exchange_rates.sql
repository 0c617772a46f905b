{{ config(enabled=is_rung('salesforce', 'exchange_rates_from')) }}

with

native_rates as (

    {{ native_rows('salesforce', 'DatedConversionRate') }}

),

-- Salesforce says how many units of it one unit of the corporate currency is: the other way up
exchange_rates as (

    select
        start_date as rate_date,
        iso_code as currency,
        {{ reciprocal_text('conversion_rate') }} as rate,
        'DatedConversionRate' as native_table,
        id as native_id,
        case when is_deleted then 'deleted' end as excluded_because,
        1 as native_rows
    from native_rates

)

select * from exchange_rates
