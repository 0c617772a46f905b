{# another rung's objects need not be there #}
{{ config(enabled=is_rung('hubspot', 'lead_is', [none, 'contact'])) }}

{%- set days_entered = [] %}
{%- for stage in setting('lead_stages') %}
    {%- do days_entered.append('hs_v2_date_entered_' ~ stage) %}
{%- endfor %}
with

contacts as (

    {{ native_rows('hubspot', 'contacts') }}

),

-- the first day in a lead's stage; createdate is that of the newsletter, and a day in another field
-- makes nobody a lead
contacts_with_entry as (

    select
        contacts.*,
        least({{ days_entered | join(', ') }}, null) as entered_lead_stages_at,
        {{ coded('hubspot', 'lead_status', 'hs_lead_status') }} as coded_status
    from contacts

),

-- sales keep hs_lead_status, marketing the lifecycle stage: where they disagree, a disqualification
-- is the later word
possible_leads as (

    select
        id,
        id as contact_id,
        company as company_name,
        nullif(trim(coalesce(firstname, '') || ' ' || coalesce(lastname, '')), '') as contact_name,
        email,
        phone,
        leads_source as source,
        case
            when coded_status = 'disqualified' then coded_status
            when
                {{ clean_code('lifecyclestage') }} in {{ sql_list(setting('converted_stages')) }}
                then 'converted'
            else coded_status
        end as status,
        hubspot_owner_id as owner_user_id,
        coalesce(leads_created_at, entered_lead_stages_at, createdate) as created_at,
        leads_disqualified_at as disqualified_at,
        associatedcompanyid as account_id,
        hs_merged_object_ids,
        {% if setting('referrals_from') == 'lead' -%}
        referrals_referring_account_id as referring_account_id,
        referrals_referred_on as referred_on,
        {%- else -%}
        cast(null as {{ dbt.type_string() }}) as referring_account_id,
        cast(null as {{ dbt.type_string() }}) as referred_on,
        {%- endif %}
        coalesce(lastmodifieddate, hs_lastmodifieddate) as updated_at,
        'contacts' as native_table,
        archived or _fivetran_deleted as is_deleted,
        entered_lead_stages_at is not null
        or coalesce(
            {{ clean_code('lifecyclestage') }} in {{ sql_list(setting('lead_stages')) }}, false
        ) as is_lead
    from contacts_with_entry

)

select * from possible_leads
