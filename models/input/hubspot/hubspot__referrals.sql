{{ config(enabled=is_rung('hubspot', 'referrals_from')) }}

{%- set rung = setting('referrals_from') %}
with

referrals as (

    select * from {{ ref('hubspot__referrals_from_' ~ rung) }}

)

select * from referrals
