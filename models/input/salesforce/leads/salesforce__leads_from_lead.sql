{# another rung's objects need not be there #}
{{ config(enabled=is_rung('salesforce', 'lead_is', [none, 'lead'])) }}
{% do check_record_types() %}
{%- set nothing = 'cast(null as ' ~ dbt.type_string() ~ ')' %}
{%- set has_referrer = setting('referrals_from') == 'lead' %}
{%- set referrer =
    'coded_leads.referrals_referring_account_id' if has_referrer else nothing
%}
{%- set referred_on = 'coded_leads.referrals_referred_on' if has_referrer else nothing %}

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

coded_leads as (

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
        coded_leads.id as lead_id,
        coded_leads.company as company_name,
        coded_leads.name as contact_name,
        coded_leads.email,
        coded_leads.phone,
        coded_leads.leads_source as source,
        coded_leads.status_code as status,
        coded_leads.owner_id as owner_user_id,
        coded_leads.created_date as created_at,
        case
            when coded_leads.status_code = 'disqualified'
                then coalesce(
                    coded_leads.leads_disqualified_at, last_disqualifications.disqualified_at
                )
            else coded_leads.leads_disqualified_at
        end as disqualified_at,
        case when coded_leads.is_converted then coded_leads.converted_account_id end
            as converted_account_id,
        coded_leads.master_record_id as merged_into_lead_id,
        coalesce(coded_leads.system_modstamp, coded_leads.last_modified_date) as updated_at,
        coded_leads.converted_contact_id,
        coded_leads.converted_opportunity_id,
        {{ referrer }} as referring_account_id,
        {{ referred_on }} as referred_on,
        'Lead' as native_table,
        coded_leads.id as native_id,
        case
            when coded_leads.is_deleted and coded_leads.master_record_id is null then 'deleted'
            {%- if setting('lead_record_types') %}
            {%- set wanted = sql_list(setting('lead_record_types')) %}
            when
                coalesce(coded_leads.developer_name, '') not in {{ wanted }}
                and coalesce(coded_leads.record_type_name, '') not in {{ wanted }}
                and coalesce(coded_leads.record_type_id, '') not in {{ wanted }}
                then 'record_type'
            {%- endif %}
        end as excluded_because,
        1 as native_rows
    from coded_leads
    left join last_disqualifications
        on {{ clean_text('coded_leads.id') }} = last_disqualifications.lead_id

)

select * from leads
