{# another rung's objects need not be there #}
{{ config(enabled=is_rung('salesforce', 'lead_is', [none, 'lead'])) }}
{% do check_record_types() %}
{%- set nothing = 'cast(null as ' ~ dbt.type_string() ~ ')' %}
{%- set has_referrer = setting('referrals_from') == 'lead' %}
{%- set referrer = 'leads_with_status.referrals_referring_account_id' if has_referrer else nothing %}
{%- set referred_on = 'leads_with_status.referrals_referred_on' if has_referrer else nothing %}

with

native_leads as (

    {{ native_rows('salesforce', 'Lead') }}

),

record_types as (

    {{ native_rows('salesforce', 'RecordType') }}

),

status_changes as (

    {{ native_rows('salesforce', 'LeadHistory') }}

),

leads_with_status as (

    select
        native_leads.*,
        record_types.developer_name,
        record_types.name as record_type_name,
        case
            when native_leads.is_converted then 'converted'
            else {{ coded('salesforce', 'lead_status', 'native_leads.status') }}
        end as status_code
    from native_leads
    left join record_types on native_leads.record_type_id = record_types.id

),

-- where companies keep no stamp of their own, the last change into a label that means it
disqualifications as (

    select
        {{ clean_text('lead_id') }} as lead_id,
        created_date as disqualified_at,
        row_number() over (
            partition by {{ clean_text('lead_id') }}
            order by {{ parse_stamp(clean_text('created_date')) }} desc nulls last, created_date
        ) as place
    from status_changes
    where
        lower(field) = 'status'
        and not is_deleted
        and {{ coded('salesforce', 'lead_status', 'new_value') }} = 'disqualified'

),

last_disqualifications as (

    select * from disqualifications
    where place = 1

),

-- a merge deletes the losers, which name the survivor; other deleted leads are gone
leads as (

    select
        leads_with_status.id as lead_id,
        leads_with_status.company as company_name,
        leads_with_status.name as contact_name,
        leads_with_status.email,
        leads_with_status.phone,
        leads_with_status.leads_source as source,
        leads_with_status.status_code as status,
        leads_with_status.owner_id as owner_user_id,
        leads_with_status.created_date as created_at,
        case
            when leads_with_status.status_code = 'disqualified'
                then coalesce(leads_with_status.leads_disqualified_at, last_disqualifications.disqualified_at)
            else leads_with_status.leads_disqualified_at
        end as disqualified_at,
        case when leads_with_status.is_converted then leads_with_status.converted_account_id end
            as converted_account_id,
        leads_with_status.master_record_id as merged_into_lead_id,
        coalesce(leads_with_status.system_modstamp, leads_with_status.last_modified_date) as updated_at,
        leads_with_status.converted_contact_id,
        leads_with_status.converted_opportunity_id,
        {{ referrer }} as referring_account_id,
        {{ referred_on }} as referred_on,
        'Lead' as native_table,
        leads_with_status.id as native_id,
        case
            when leads_with_status.is_deleted and leads_with_status.master_record_id is null then 'deleted'
            {%- if setting('lead_record_types') %}
            {%- set wanted = sql_list(setting('lead_record_types')) %}
            when
                coalesce(leads_with_status.developer_name, '') not in {{ wanted }}
                and coalesce(leads_with_status.record_type_name, '') not in {{ wanted }}
                and coalesce(leads_with_status.record_type_id, '') not in {{ wanted }}
                then 'record_type'
            {%- endif %}
        end as excluded_because,
        1 as native_rows
    from leads_with_status
    left join last_disqualifications on {{ clean_text('leads_with_status.id') }} = last_disqualifications.lead_id

)

select * from leads
