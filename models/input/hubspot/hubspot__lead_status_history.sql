{% set lead = 'lead' if setting('lead_is') == 'lead' else 'contact' -%}
{% set property = 'hs_pipeline_stage' if lead == 'lead' else 'hs_lead_status' -%}
with

changes as (

    {{ native_rows('hubspot', lead ~ '_property_history') }}

),

-- the lifecycle stage tells one thing of a status: that the lead has become a customer
changes_of_status as (

    select
        {{ lead }}_id as lead_id,
        case
            when name = '{{ property }}'
                then {{ coded('hubspot', 'lead_status', 'value') }}
            {%- if lead == 'contact' %}
            when
                name = 'lifecyclestage'
                and {{ clean_code('value') }} in {{ sql_list(setting('converted_stages')) }}
                then 'converted'
            {%- endif %}
        end as status,
        timestamp as changed_at,
        '{{ lead }}_property_history' as native_table,
        {{ lead }}_id as native_id,
        case
            when
                name = '{{ property }}'
                and value is null
                then 'cleared'
            when name = '{{ property }}'
                then null
            {%- if lead == 'contact' %}
            when
                name = 'lifecyclestage'
                and {{ clean_code('value') }} in {{ sql_list(setting('converted_stages')) }}
                then null
            when name = 'lifecyclestage' then 'other_stage'
            {%- endif %}
            else 'other_property'
        end as excluded_because,
        1 as native_rows
    from changes

)

select * from changes_of_status
