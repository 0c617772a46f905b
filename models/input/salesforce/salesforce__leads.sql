{%- set lead_is = setting('lead_is') or 'lead' -%}
with

leads as (

    select * from {{ ref('salesforce__leads_from_' ~ lead_is) }}

)

select * from leads
