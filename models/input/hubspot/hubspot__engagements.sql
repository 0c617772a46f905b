{% set statuses = {
    'meetings': 'hs_meeting_outcome',
    'calls': 'hs_call_status',
    'emails': 'hs_email_status',
    'tasks': 'hs_task_status',
} -%}
with

{% for object in statuses.keys() | list + ['notes'] -%}
{{ object }} as (

    {{ native_rows('hubspot', object) }}

),

{% endfor -%}
-- a task's hs_timestamp is the day on which it is due
engagements as (

    {% for object, status in statuses.items() -%}
    select
        '{{ object }}' as native_table,
        id,
        {% if object == 'meetings' -%}
        coalesce({{ coded('hubspot', 'activity_type', 'hs_activity_type') }}, 'meeting')
        {%- else -%}
        '{{ object[:-1] }}'
        {%- endif %} as activity_type,
        {{ coded('hubspot', 'activity_status', status) }} as status,
        hubspot_owner_id,
        {% if object == 'meetings' -%}
        coalesce(hs_meeting_start_time, hs_timestamp)
        {%- elif object == 'tasks' -%}
        coalesce(hs_task_completion_date, hs_timestamp)
        {%- else -%}
        hs_timestamp
        {%- endif %} as occurred_at,
        case when archived or _fivetran_deleted then 'deleted' end as excluded_because
    from {{ object }}
    union all
    {% endfor -%}
    select
        'notes' as native_table,
        id,
        cast(null as {{ dbt.type_string() }}) as activity_type,
        cast(null as {{ dbt.type_string() }}) as status,
        hubspot_owner_id,
        cast(null as {{ dbt.type_string() }}) as occurred_at,
        'note' as excluded_because
    from notes

)

select * from engagements
