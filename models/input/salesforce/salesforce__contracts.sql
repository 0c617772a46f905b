{{ config(enabled=is_rung('salesforce', 'contracts_from')) }}

{%- set rung = setting('contracts_from') -%}
with

contracts as (

    select * from {{ ref('salesforce__contracts_from_' ~ rung) }}

)

select * from contracts
