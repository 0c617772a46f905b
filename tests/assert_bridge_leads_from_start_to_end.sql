-- what is there at the start and what changes it is what is there at the end, the total contract
-- value; and a period starts with what the one before ended with
with

bridge as (

    select
        period_grain,
        period_start,
        dimension,
        dimension_value,
        sum(case when step = 'start' then amount else 0 end) as start_amount,
        sum(case when step not in ('start', 'end') then amount else 0 end) as changes,
        sum(case when step = 'end' then amount else 0 end) as end_amount
    from {{ ref('rpt_contract_value_bridge') }}
    group by period_grain, period_start, dimension, dimension_value

),

contract_values as (

    select * from {{ ref('kpi_annual_contract_value') }}
    where dimension in ('company', 'segment', 'region', 'team')

),

periods as (

    select * from {{ ref('dim_periods') }}

)

select
    bridge.*,
    contract_values.total_acv,
    bridges_before.end_amount as end_before
from bridge
inner join periods
    on
        bridge.period_grain = periods.period_grain
        and bridge.period_start = periods.period_start
full join contract_values
    on
        bridge.period_grain = contract_values.period_grain
        and bridge.period_start = contract_values.period_start
        and bridge.dimension = contract_values.dimension
        and bridge.dimension_value = contract_values.dimension_value
left join bridge as bridges_before
    on
        bridge.period_grain = bridges_before.period_grain
        and periods.previous_period_start = bridges_before.period_start
        and bridge.dimension = bridges_before.dimension
        and bridge.dimension_value = bridges_before.dimension_value
where
    bridge.start_amount + bridge.changes <> bridge.end_amount
    or coalesce(bridge.end_amount, 0) <> coalesce(contract_values.total_acv, 0)
    or bridge.start_amount <> bridges_before.end_amount
