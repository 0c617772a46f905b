{# another rung's objects need not be there #}
{{ config(enabled=is_rung('hubspot', 'contracts_from', ['line_items'])) }}

with

line_items as (

    {{ native_rows('hubspot', 'line_items') }}

),

line_item_deals as (

    {{ native_rows('hubspot', 'line_item_deals') }}

),

-- a line belongs to one deal
deals_of_lines as (

    select
        line_item_id,
        {{ first_text('deal_id') }} as deal_id
    from line_item_deals
    group by line_item_id

),

won_deals as (

    select
        opportunity_id,
        min(account_id) as account_id,
        min(opportunity_type) as opportunity_type,
        min(currency) as currency,
        min({{ business_day('closed_at') }}) as closed_on
    from {{ ref('hubspot__opportunities') }}
    where
        excluded_because is null
        and stage = 'closed_won'
    group by opportunity_id

),

lines as (

    select
        line_items.*,
        won_deals.opportunity_id,
        won_deals.account_id,
        won_deals.opportunity_type,
        won_deals.currency as deal_currency,
        won_deals.closed_on,
        coalesce(line_items.hs_recurring_billing_start_date, won_deals.closed_on) as start_date,
        replace(replace(line_items.hs_recurring_billing_period, 'P', ''), 'M', '') as term_months
    from line_items
    left join deals_of_lines on line_items.id = deals_of_lines.line_item_id
    left join won_deals on deals_of_lines.deal_id = won_deals.opportunity_id

),

{% set last_day = contract_end(parse_date('lines.start_date'), 'lines.term_months') -%}
-- a term of months is written P12M; another stands where its end would, and is rejected by its name
lines_with_end as (

    select
        lines.*,
        case
            when lines.hs_recurring_billing_end_date is not null
                then lines.hs_recurring_billing_end_date
            when {{ matches('lines.hs_recurring_billing_period', 'P[0-9]{1,3}M') }}
                then cast({{ last_day }} as {{ dbt.type_string() }})
            else lines.hs_recurring_billing_period
        end as end_date,
        case
            when lines.archived or lines._fivetran_deleted then 'deleted'
            when lines.opportunity_id is null then 'no_won_deal'
            when lines.recurringbillingfrequency is null then 'one_time_fee'
        end as excluded_because
    from lines

),

-- fees that are paid once are in no contract's annual value, so they are left out; a line without
-- an end is worth hs_arr a year
contracts as (

    select
        id as contract_id,
        account_id,
        opportunity_id,
        case opportunity_type
            when 'new_business' then 'new' else opportunity_type
        end as contract_type,
        'active' as status,
        closed_on as signed_on,
        start_date,
        end_date,
        cast(null as {{ dbt.type_string() }}) as cancelled_on,
        case when end_date is null then hs_arr else hs_tcv end as total_value,
        cast(null as {{ dbt.type_string() }}) as one_time_fees,
        coalesce(hs_line_item_currency_code, deal_currency) as currency,
        hs_lastmodifieddate as updated_at,
        'line_items' as native_table,
        id as native_id,
        excluded_because,
        1 as native_rows
    from lines_with_end

)

select * from contracts
