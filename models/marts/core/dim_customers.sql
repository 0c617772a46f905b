with

accounts as (

    select * from {{ ref('stg_crm__accounts') }}

),

users as (

    select * from {{ ref('dim_users') }}

),

contracts as (

    select * from {{ ref('fct_contracts') }}

),

payments as (

    select * from {{ ref('fct_payments') }}

),

-- a credit note makes nobody a customer, an invoice of 0 does
first_dealings as (

    select
        account_id,
        start_date as contract_start_on,
        cast(null as date) as payment_on
    from contracts
    union all
    select
        account_id,
        cast(null as date) as contract_start_on,
        case when not is_credit_note then paid_on end as payment_on
    from payments

),

customers as (

    select
        account_id,
        min(contract_start_on) as first_contract_start_on,
        -- least passes over the one that is not there
        least(min(contract_start_on), min(payment_on)) as became_customer_on
    from first_dealings
    group by account_id

),

-- left joins: a customer that the CRM does not know, or without an owner, still counts
customers_with_dimensions as (

    select
        customers.account_id,
        coalesce(accounts.segment, 'unknown') as segment,
        coalesce(accounts.region, 'unknown') as region,
        coalesce(users.team, 'unassigned') as team,
        coalesce(users.user_id, 'unassigned') as rep,
        customers.first_contract_start_on,
        customers.became_customer_on,
        cast(extract(year from customers.became_customer_on) as {{ dbt.type_string() }}) as cohort
    from customers
    left join accounts on customers.account_id = accounts.account_id
    left join users on accounts.owner_user_id = users.user_id

)

select * from customers_with_dimensions
