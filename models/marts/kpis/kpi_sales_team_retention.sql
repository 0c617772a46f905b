with

periods as (

    select * from {{ ref('dim_periods') }}

),

sales_team_months as (

    select * from {{ ref('fct_sales_team_months') }}

),

spells as (

    select * from {{ ref('fct_sales_spells') }}

),

-- left join: a period without anybody in sales still has a row; who stands in it twice was retained
people_at_both_ends as (

    select
        periods.period_grain,
        periods.period_start,
        periods.period_end,
        periods.is_complete,
        sales_team_months.team,
        sales_team_months.snapshot_on = periods.opening_date as is_at_start,
        count(*) over (
            partition by periods.period_grain, periods.period_start, sales_team_months.employee_id
        ) = 2 as is_retained,
        case
            when sales_team_months.snapshot_on = periods.cutoff then sales_team_months.tenure_days
        end as tenure_days,
        cast(null as {{ dbt.type_string() }}) as joiner,
        cast(null as {{ dbt.type_string() }}) as separation_kind
    from periods
    left join sales_team_months
        on sales_team_months.snapshot_on in (periods.opening_date, periods.cutoff)

),

joiners_and_leavers as (

    select
        periods.period_grain,
        periods.period_start,
        periods.period_end,
        periods.is_complete,
        spells.team_at_start as team,
        cast(null as boolean) as is_at_start,
        cast(null as boolean) as is_retained,
        cast(null as integer) as tenure_days,
        spells.employee_id as joiner,
        cast(null as {{ dbt.type_string() }}) as separation_kind
    from periods
    inner join spells on spells.spell_start between periods.period_start and periods.cutoff
    union all
    select
        periods.period_grain,
        periods.period_start,
        periods.period_end,
        periods.is_complete,
        spells.team_at_end as team,
        cast(null as boolean) as is_at_start,
        cast(null as boolean) as is_retained,
        cast(null as integer) as tenure_days,
        cast(null as {{ dbt.type_string() }}) as joiner,
        spells.separation_kind
    from periods
    inner join spells on spells.separated_on between periods.period_start and periods.cutoff

),

sales_people as (

    select * from people_at_both_ends
    union all
    select * from joiners_and_leavers

),

sales_people_by_dimension as (

    {{ by_dimension('sales_people', ['team']) }}

),

headcounts as (

    select
        period_grain,
        period_start,
        period_end,
        is_complete,
        dimension,
        dimension_value,
        count(*) filter (where is_at_start) as headcount_start,
        count(*) filter (where is_at_start and is_retained) as retained_headcount,
        count(joiner) as joiners,
        count(separation_kind) as separations,
        count(*) filter (where separation_kind = 'voluntary') as voluntary_separations,
        count(*) filter (where separation_kind = 'involuntary') as involuntary_separations,
        count(*) filter (where separation_kind = 'transfer_out') as transfers_out,
        count(tenure_days) as headcount_end,
        sum(tenure_days) as tenure_days
    from sales_people_by_dimension
    group by period_grain, period_start, period_end, is_complete, dimension, dimension_value

),

-- a month has 30.4375 days on average; the turnover's base is the mean of both headcounts
sales_team_retention as (

    select
        period_grain,
        period_start,
        period_end,
        is_complete,
        cast(dimension as {{ dbt.type_string() }}) as dimension,
        cast(dimension_value as {{ dbt.type_string() }}) as dimension_value,
        {{ divide('retained_headcount', 'headcount_start') }} as sales_retention_rate,
        headcount_start,
        retained_headcount,
        joiners,
        separations,
        voluntary_separations,
        involuntary_separations,
        transfers_out,
        headcount_end,
        {{ divide('tenure_days', '30.4375 * headcount_end') }} as average_tenure_months,
        {{ divide('2 * separations', 'headcount_start + headcount_end') }} as turnover_rate
    from headcounts

)

select {{ measured_columns('sales_team_retention') }} from sales_team_retention
