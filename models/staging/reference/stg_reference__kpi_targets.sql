with

checked_kpi_targets as (

    select * from {{ ref('base_reference__kpi_targets') }}

),

accepted_kpi_targets as (

    select
        kpi,
        period_grain,
        period_start,
        target
    from checked_kpi_targets
    where reject_reasons is null

)

select * from accepted_kpi_targets
