with

calendar as (

    select * from {{ ref('dim_calendar') }}

),

days_with_the_day_before as (

    select
        date_day,
        lag(date_day) over (order by date_day) as day_before
    from calendar

)

select * from days_with_the_day_before
where date_day - 1 <> day_before
