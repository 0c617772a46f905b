with

native_changes as (

    {{ native_rows('salesforce', 'LeadHistory') }}

),

status_changes as (

    select
        lead_id,
        {{ coded('salesforce', 'lead_status', 'new_value') }} as status,
        created_date as changed_at,
        'LeadHistory' as native_table,
        id as native_id,
        case
            when is_deleted then 'deleted'
            when lower(field) <> 'status' then 'other_field'
        end as excluded_because,
        1 as native_rows
    from native_changes

)

select * from status_changes
