{{ config(enabled=is_rung('salesforce', 'referrals_from')) }}

{%- set rung = setting('referrals_from') -%}
with

referrals as (

    select * from {{ ref('salesforce__referrals_from_' ~ rung) }}

)

select * from referrals
