with

periods as (

    select * from {{ ref('dim_periods') }}

),

customers as (

    select * from {{ ref('dim_customers') }}

),

active_customer_months as (

    select * from {{ ref('fct_customer_months') }}
    where is_active

),

counted_referrals as (

    select * from {{ ref('fct_referrals') }}
    where is_counted

),

-- left joins: a period without a referral still has a row
referrals_made as (

    select
        periods.period_grain,
        periods.period_start,
        periods.period_end,
        periods.is_complete,
        customers.segment,
        customers.region,
        counted_referrals.referral_id,
        counted_referrals.referring_account_id,
        counted_referrals.is_won,
        cast(null as {{ dbt.type_string() }}) as active_account_id
    from periods
    left join counted_referrals
        on counted_referrals.referred_on between periods.period_start and periods.cutoff
    left join customers on counted_referrals.referring_account_id = customers.account_id

),

active_customers as (

    select
        periods.period_grain,
        periods.period_start,
        periods.period_end,
        periods.is_complete,
        customers.segment,
        customers.region,
        cast(null as {{ dbt.type_string() }}) as referral_id,
        cast(null as {{ dbt.type_string() }}) as referring_account_id,
        cast(null as boolean) as is_won,
        active_customer_months.account_id as active_account_id
    from periods
    inner join active_customer_months on periods.cutoff = active_customer_months.snapshot_on
    inner join customers on active_customer_months.account_id = customers.account_id

),

referrals_and_customers as (

    select * from referrals_made
    union all
    select * from active_customers

),

records_by_dimension as (

    {{ by_dimension('referrals_and_customers', ['segment', 'region']) }}

),

counted_records as (

    select
        period_grain,
        period_start,
        period_end,
        is_complete,
        dimension,
        dimension_value,
        count(referral_id) as referrals,
        count(distinct referring_account_id) as referring_customers,
        count(*) filter (where is_won) as won_referrals,
        count(active_account_id) as active_customers
    from records_by_dimension
    group by period_grain, period_start, period_end, is_complete, dimension, dimension_value

),

-- customers alone, without a referral, make no row of a dimension
customer_referrals as (

    select
        period_grain,
        period_start,
        period_end,
        is_complete,
        cast(dimension as {{ dbt.type_string() }}) as dimension,
        cast(dimension_value as {{ dbt.type_string() }}) as dimension_value,
        referrals,
        referring_customers,
        won_referrals,
        {{ divide('won_referrals', 'referrals') }} as referral_conversion_rate,
        {{ divide('100 * referrals', 'active_customers') }} as referrals_per_100_customers
    from counted_records
    where dimension = 'company' or referrals > 0

)

select {{ measured_columns('customer_referrals') }} from customer_referrals
