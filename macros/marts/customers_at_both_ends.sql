{#-
    CTEs: each customer that was active at either end of a period, with the annual value at both; a
    value is null where the customer was not active. The last of them is customers_at_both_ends.

    They read the CTEs periods, customers and active_customer_months. A period without a customer
    still has a row, without an account.
-#}
{% macro customers_at_both_ends() -%}
values_at_either_end as (

    select
        periods.*,
        active_customer_months.account_id,
        active_customer_months.annual_value as start_value,
        cast(null as decimal(28, 6)) as end_value
    from periods
    inner join active_customer_months on periods.opening_date = active_customer_months.snapshot_on
    union all
    select
        periods.*,
        active_customer_months.account_id,
        cast(null as decimal(28, 6)) as start_value,
        active_customer_months.annual_value as end_value
    from periods
    left join active_customer_months on periods.cutoff = active_customer_months.snapshot_on

),

values_at_both_ends as (

    select
        period_grain,
        period_start,
        period_end,
        is_complete,
        account_id,
        max(start_value) as start_value,
        max(end_value) as end_value
    from values_at_either_end
    group by period_grain, period_start, period_end, is_complete, account_id

),

customers_at_both_ends as (

    select
        values_at_both_ends.*,
        customers.segment,
        customers.region,
        customers.team,
        customers.first_contract_start_on >= values_at_both_ends.period_start as is_new
    from values_at_both_ends
    left join customers on values_at_both_ends.account_id = customers.account_id

)
{%- endmacro %}
