{{ config(enabled=is_rung('hubspot', 'contracts_from')) }}

{%- set rung = setting('contracts_from') %}
with

contracts as (

    select * from {{ ref('hubspot__contracts_from_' ~ rung) }}

)

select * from contracts
