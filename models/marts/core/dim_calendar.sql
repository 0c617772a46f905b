{%- set first_month = setting('fiscal_year_start_month') -%}

with

digits as (

    select numbers.digit
    from (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) as numbers (digit)

),

day_numbers as (

    select
        ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit
        + 10000 * ten_thousands.digit as day_number
    from digits as ones
    cross join digits as tens
    cross join digits as hundreds
    cross join digits as thousands
    cross join digits as ten_thousands

),

-- whole fiscal years, so that every period of every grain has all its days
reported_years as (

    select
        make_date({{ fiscal_year_of(sql_date('reporting_start_date')) }}, {{ first_month }}, 1)
            as first_day,
        make_date({{ fiscal_year_of(sql_date('as_of_date')) }} + 1, {{ first_month }}, 1) - 1
            as last_day

),

days as (

    select cast(reported_years.first_day + day_numbers.day_number as date) as date_day
    from reported_years
    inner join day_numbers
        on
            day_numbers.day_number
            <= {{ days_between('reported_years.first_day', 'reported_years.last_day') }}

),

day_parts as (

    select
        date_day,
        cast(extract(year from date_day) as integer) as calendar_year,
        cast(extract(month from date_day) as integer) as calendar_month,
        cast((extract(month from date_day) - {{ first_month }} + 12) % 3 as integer)
            as months_into_quarter
    from days

),

calendar as (

    select
        date_day,
        {{ month_of('date_day') }} as month_start,
        make_date(
            calendar_year - case when calendar_month <= months_into_quarter then 1 else 0 end,
            (calendar_month - months_into_quarter + 11) % 12 + 1,
            1
        ) as quarter_start,
        make_date({{ fiscal_year_of('date_day') }}, {{ first_month }}, 1) as year_start
    from day_parts

)

select * from calendar
