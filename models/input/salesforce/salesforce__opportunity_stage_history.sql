with

native_changes as (

    {{ native_rows('salesforce', 'OpportunityHistory') }}

),

changes_with_time as (

    select
        native_changes.*,
        {{ clean_text('opportunity_id') }} as clean_opportunity_id,
        {{ parse_stamp(clean_text('created_date')) }} as changed_at
    from native_changes

),

changes_with_stage_before as (

    select
        changes_with_time.*,
        lag({{ clean_text('stage_name') }}) over (
            partition by clean_opportunity_id, is_deleted
            order by changed_at, {{ by_code_point('id') }}
        ) as stage_before
    from changes_with_time

),

-- a row is written for each edit of the amount or the date, too
stage_changes as (

    select
        opportunity_id,
        {{ coded('salesforce', 'stage', 'stage_name') }} as stage,
        created_date as changed_at,
        'OpportunityHistory' as native_table,
        id as native_id,
        case
            when is_deleted then 'deleted'
            when changed_at is not null and {{ clean_text('stage_name') }} = stage_before then 'unchanged_stage'
        end as excluded_because,
        1 as native_rows
    from changes_with_stage_before

)

select * from stage_changes
