with

changes as (

    {{ native_rows('hubspot', 'deal_property_history') }}

),

changes_of_stage as (

    select
        deal_id as opportunity_id,
        {{ coded('hubspot', 'stage', 'value') }} as stage,
        timestamp as changed_at,
        'deal_property_history' as native_table,
        deal_id as native_id,
        case when name = 'dealstage' then null else 'other_property' end as excluded_because,
        1 as native_rows
    from changes

)

select * from changes_of_stage
