-- the only names in the marts: made and published when publish_rep_names asks for it
{{ config(enabled=setting('publish_rep_names')) }}

with

users as (

    select * from {{ ref('stg_crm__users') }}

),

rep_names as (

    select
        user_id,
        coalesce(full_name, user_id) as rep_name
    from users

)

select * from rep_names
