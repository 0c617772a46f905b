{{ config(enabled=setting('crm_source') == 'salesforce') }}

-- the map of stages against what Salesforce itself says of them; a retired stage is in none of its rows
with

native_stages as (

    {{ native_rows('salesforce', 'OpportunityStage') }}

),

mapped_stages as (

    select
        native_stages.*,
        {{ coded('salesforce', 'stage', 'master_label') }} as stage
    from native_stages

)

select * from mapped_stages
where
    stage in {{ sql_list(known_codes('stage')) }}
    and (
        is_won <> (stage = 'closed_won')
        or is_closed <> (stage in ('closed_won', 'closed_lost'))
    )
