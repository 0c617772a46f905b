with

periods as (

    select * from {{ ref('dim_periods') }}

),

-- the last one has no end
buckets as (

    select
        bounds.bucket_number,
        bounds.bucket
    from (
        values (1, '0_30'), (2, '31_60'), (3, '61_90'), (4, '91_180'), (5, 'over_180')
    ) as bounds (bucket_number, bucket)

),

open_lead_months as (

    select
        *,
        case
            when waiting_days <= 30 then 1
            when waiting_days <= 60 then 2
            when waiting_days <= 90 then 3
            when waiting_days <= 180 then 4
            else 5
        end as bucket_number
    from {{ ref('fct_open_lead_months') }}

),

open_leads_by_dimension as (

    {{ by_dimension('open_lead_months', ['source', 'team']) }}

),

-- a quarter or year ends with one of its months: each day is looked at once
ages_of_day as (

    select
        snapshot_on,
        dimension,
        dimension_value,
        bucket_number,
        count(*) as open_leads,
        count(*) filter (where is_stale) as stale_leads
    from open_leads_by_dimension
    group by snapshot_on, dimension, dimension_value, bucket_number

),

values_of_day as (

    select distinct
        snapshot_on,
        dimension,
        dimension_value
    from ages_of_day

),

-- left joins: a period without an open lead still has rows, and so has a bucket without one
open_lead_ageing as (

    select
        {{ period_and_dimension('values_of_day') }},
        buckets.bucket_number,
        cast(buckets.bucket as {{ dbt.type_string() }}) as bucket,
        coalesce(ages_of_day.open_leads, 0) as open_leads,
        {% if is_absent('crm.activities') -%}
        cast(null as bigint) as stale_leads
        {%- else -%}
        coalesce(ages_of_day.stale_leads, 0) as stale_leads
        {%- endif %}
    from periods
    cross join buckets
    left join values_of_day on periods.cutoff = values_of_day.snapshot_on
    left join ages_of_day
        on
            values_of_day.snapshot_on = ages_of_day.snapshot_on
            and values_of_day.dimension = ages_of_day.dimension
            and values_of_day.dimension_value = ages_of_day.dimension_value
            and buckets.bucket_number = ages_of_day.bucket_number

)

select * from open_lead_ageing{{ unless_absent(['crm.leads', 'crm.opportunities']) }}
