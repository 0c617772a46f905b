{#-
    The objects of HubSpot that its mapping reads; for the form see native_objects(). Names are those of
    the API, `contacts.csv` or a table `contacts`; those of Fivetran's and Airbyte's tables are known too.

    Associations are tables of pairs of ids: deal_contacts (deal_id, contact_id), deal_companies (with
    type_id, where 5 is the primary company), engagement_contacts, engagement_companies and
    engagement_deals for meetings, calls, emails and tasks alike, whose ids are of one sequence.
    Property histories have a row for each change: the record's id, name, value, timestamp.

    Sources: HubSpot's API guides (leads, tasks, meetings, calls, invoices, line items, associations with
    their type ids, merges and lifecycle stages in the changelog) and the column lists of Fivetran's dbt
    package for HubSpot. The guides do not say what hs_task_completion_date holds of an open task: by
    users' code its due date, as hs_timestamp does. That hs_v2_date_entered_<stage>, hs_payment_date and
    hs_primary_associated_company exist is read from exports and clients of others.
-#}
{% macro hubspot_objects() %}
    {% set of_leads = setting('lead_is') == 'lead' %}
    {% set lead_stages = setting('lead_stages') or [] %}
    {% set record = {
        'id': 'text*|hs_object_id', 'hubspot_owner_id': 'text|owner_id', 'hs_lastmodifieddate': 'stamp',
        'archived': 'flag|is_deleted', '_fivetran_deleted': 'flag',
    } %}
    {# without this column each record belongs to nobody, and no figure says so #}
    {% set owned_record = dict(record, hubspot_owner_id='text*|owner_id') %}
    {% if (setting('absent_inputs') or []) | select('in', ['crm.users', 'hubspot.owners']) | list %}
        {% set owned_record = record %}
    {% endif %}

    {% set fields_of_leads = {
        'leads.source': none, 'leads.disqualified_at': none, 'leads.created_at': none,
    } %}
    {% if setting('referrals_from') == 'lead' %}
        {% do fields_of_leads.update({
            'referrals.referring_account_id': '*', 'referrals.referred_on': '*',
        }) %}
    {% endif %}
    {% set fields_of_deals = {
        'opportunities.lead_id': none, 'opportunities.account_id': 'hs_primary_associated_company',
        'opportunities.contract_start_date': none, 'opportunities.contract_term_months': none,
    } %}

    {% set stages_entered = {} %}
    {% for stage in lead_stages %}
        {% do stages_entered.update({
            'hs_v2_date_entered_' ~ stage: 'stamp|hs_lifecyclestage_' ~ stage ~ '_date'
        }) %}
    {% endfor %}
    {% set contacts = {
        'labels': {} if of_leads else {'hs_lead_status': 'lead_status'},
        'feeds': [] if of_leads else ['crm.leads'],
        'looked_up_for': ['crm.leads', 'crm.activities'],
        'other_names': ['contact'],
        'columns': dict(
            record if of_leads else owned_record,
            firstname='text', lastname='text', email='text', phone='text', company='text',
            lifecyclestage='text' if of_leads else 'text*', hs_lead_status='text' if of_leads else 'text*',
            createdate='stamp' if of_leads else 'stamp*', associatedcompanyid='text',
            hs_merged_object_ids='text', lastmodifieddate='stamp', **({} if of_leads else stages_entered)
        ),
        'fields': {} if of_leads else fields_of_leads,
    } %}
    {% if not of_leads and (setting('converted_stages') or []) | reject('in', lead_stages) | list %}
        {% do contacts.update({
            'one_of': stages_entered | list,
            'one_of_because': 'without it a customer who was a lead cannot be told from one who never was; '
                ~ 'or name the later stages in the setting lead_stages',
        }) %}
    {% endif %}

    {% set objects = {
        'owners': {
            'feeds': ['crm.users'],
            'other_names': ['owner'],
            'columns': {
                'id': 'text*|owner_id', 'email': 'text', 'firstName': 'text', 'lastName': 'text',
            },
            'fields': {'users.employee_id': none},
        },
        'companies': {
            'feeds': ['crm.accounts'],
            'other_names': ['company'],
            'columns': dict(record, name='text', industry='text', createdate='stamp'),
            'fields': {
                'accounts.segment': none, 'accounts.region': none,
                'accounts.erp_code': '*' if setting('invoices_from') == 'logo' else none,
            },
        },
        'contacts': contacts,
        'leads': {
            'labels': {'hs_pipeline_stage': 'lead_status'},
            'feeds': ['crm.leads'],
            'other_names': ['lead'],
            'rungs': {'lead_is': ['lead']},
            'columns': dict(
                owned_record,
                hs_lead_name='text', hs_pipeline_stage='text*', hs_createdate='stamp*|createdate',
                hs_primary_contact_id='text', hs_primary_company_id='text', hs_merged_object_ids='text'
            ),
            'fields': fields_of_leads,
        },
        'lead_contacts': {
            'feeds': [],
            'looked_up_for': ['crm.leads'],
            'other_names': ['lead_contact'],
            'rungs': {'lead_is': ['lead']},
            'is_optional': true,
            'columns': {'lead_id': 'text*', 'contact_id': 'text*'},
        },
        ('lead' if of_leads else 'contact') ~ '_property_history': {
            'feeds': ['crm.lead_status_history'],
            'other_names': [('leads' if of_leads else 'contacts') ~ '_property_history'],
            'columns': {
                ('lead_id' if of_leads else 'contact_id'): 'text*|vid|id', 'name': 'text*|property',
                'value': 'text*', 'timestamp': 'stamp*',
            },
        },
        'deals': {
            'labels': {'dealstage': 'stage', 'dealtype': 'opportunity_type'},
            'feeds': ['crm.opportunities'],
            'other_names': ['deal'],
            'columns': dict(
                owned_record,
                id='text*|deal_id|hs_object_id', dealstage='text*|deal_pipeline_stage_id', dealtype='text',
                amount='number', deal_currency_code='text', createdate='stamp*', closedate='stamp*',
                hs_merged_object_ids='text'
            ),
            'fields': fields_of_deals,
        },
        'deal_contacts': {
            'feeds': [],
            'looked_up_for': ['crm.opportunities'],
            'other_names': ['deal_contact'],
            'is_optional': 'opportunities.lead_id' in setting('fields'),
            'columns': {'deal_id': 'text*', 'contact_id': 'text*'},
        },
        'deal_leads': {
            'feeds': [],
            'looked_up_for': ['crm.opportunities'],
            'other_names': ['deal_lead', 'lead_deals', 'lead_deal'],
            'rungs': {'lead_is': ['lead']},
            'is_optional': true,
            'columns': {'deal_id': 'text*', 'lead_id': 'text*'},
        },
        'deal_companies': {
            'feeds': [],
            'looked_up_for': ['crm.opportunities'],
            'other_names': ['deal_company'],
            'is_optional': 'opportunities.account_id' in setting('fields'),
            'columns': {
                'deal_id': 'text*', 'company_id': 'text*', 'type_id': 'text|association_type_id',
            },
        },
        'merged_deals': {
            'feeds': [],
            'looked_up_for': ['crm.opportunities'],
            'other_names': ['merged_deal'],
            'is_optional': true,
            'columns': {'deal_id': 'text', 'merged_deal_id': 'text*'},
        },
        'deal_property_history': {
            'labels': {'value': 'stage'},
            'labels_where': {'name': 'dealstage'},
            'feeds': ['crm.opportunity_stage_history'],
            'other_names': ['deals_property_history'],
            'columns': {
                'deal_id': 'text*|id', 'name': 'text*|property', 'value': 'text*', 'timestamp': 'stamp*',
            },
        },
        'meetings': {
            'labels': {'hs_activity_type': 'activity_type', 'hs_meeting_outcome': 'activity_status'},
            'feeds': ['crm.activities'],
            'other_names': ['engagement_meeting', 'engagements_meetings'],
            'columns': dict(
                owned_record,
                id='text*|engagement_id|hs_object_id', hs_timestamp='stamp', hs_meeting_start_time='stamp*',
                hs_meeting_outcome='text*', hs_activity_type='text'
            ),
        },
        'calls': {
            'labels': {'hs_call_status': 'activity_status'},
            'feeds': ['crm.activities'],
            'other_names': ['engagement_call', 'engagements_calls'],
            'columns': dict(
                owned_record,
                id='text*|engagement_id|hs_object_id', hs_timestamp='stamp*', hs_call_status='text*'
            ),
        },
        'emails': {
            'labels': {'hs_email_status': 'activity_status'},
            'feeds': ['crm.activities'],
            'other_names': ['engagement_email', 'engagements_emails'],
            'columns': dict(
                owned_record,
                id='text*|engagement_id|hs_object_id', hs_timestamp='stamp*', hs_email_status='text'
            ),
        },
        'tasks': {
            'labels': {'hs_task_status': 'activity_status'},
            'feeds': ['crm.activities'],
            'other_names': ['engagement_task', 'engagements_tasks'],
            'columns': dict(
                owned_record,
                id='text*|engagement_id|hs_object_id', hs_timestamp='stamp*', hs_task_status='text*',
                hs_task_completion_date='stamp'
            ),
        },
        'notes': {
            'feeds': ['crm.activities'],
            'other_names': ['engagement_note', 'engagements_notes'],
            'is_optional': true,
            'columns': dict(record, id='text*|engagement_id|hs_object_id'),
        },
        'engagement_contacts': {
            'feeds': [],
            'looked_up_for': ['crm.activities'],
            'other_names': ['engagement_contact'],
            'columns': {'engagement_id': 'text*', 'contact_id': 'text*'},
        },
        'engagement_leads': {
            'feeds': [],
            'looked_up_for': ['crm.activities'],
            'other_names': ['engagement_lead'],
            'rungs': {'lead_is': ['lead']},
            'is_optional': true,
            'columns': {'engagement_id': 'text*', 'lead_id': 'text*'},
        },
        'engagement_deals': {
            'feeds': [],
            'looked_up_for': ['crm.activities'],
            'other_names': ['engagement_deal'],
            'columns': {'engagement_id': 'text*', 'deal_id': 'text*'},
        },
        'engagement_companies': {
            'feeds': [],
            'looked_up_for': ['crm.activities'],
            'other_names': ['engagement_company'],
            'columns': {'engagement_id': 'text*', 'company_id': 'text*'},
        },
        'line_items': {
            'feeds': ['crm.contracts'],
            'other_names': ['line_item'],
            'rungs': {'contracts_from': ['line_items']},
            'columns': dict(
                record,
                recurringbillingfrequency='text*', hs_recurring_billing_start_date='date*',
                hs_recurring_billing_end_date='date', hs_recurring_billing_period='text*',
                hs_tcv='number*', hs_arr='number', hs_line_item_currency_code='text'
            ),
        },
        'line_item_deals': {
            'feeds': [],
            'looked_up_for': ['crm.contracts'],
            'other_names': ['line_item_deal', 'deal_line_items', 'deal_line_item'],
            'rungs': {'contracts_from': ['line_items']},
            'columns': {'line_item_id': 'text*', 'deal_id': 'text*'},
        },
        setting('fields').get('contracts', 'contracts'): {
            'named_by': 'contracts',
            'feeds': ['crm.contracts'],
            'other_names': ['contract'],
            'rungs': {'contracts_from': ['native']},
            'columns': record,
            'fields': {
                'contracts.account_id': 'account_id', 'contracts.opportunity_id': 'opportunity_id',
                'contracts.renewed_from_contract_id': 'renewed_from_contract_id',
                'contracts.contract_type': 'contract_type*', 'contracts.status': 'hs_pipeline_stage*',
                'contracts.signed_on': 'signed_on', 'contracts.start_date': 'start_date*',
                'contracts.end_date': 'end_date*', 'contracts.cancelled_on': 'cancelled_on',
                'contracts.total_value': 'total_value*', 'contracts.one_time_fees': 'one_time_fees',
                'contracts.currency': 'currency',
            },
        },
        'contract_companies': {
            'feeds': [],
            'looked_up_for': ['crm.contracts'],
            'other_names': ['contract_company'],
            'rungs': {'contracts_from': ['native']},
            'is_optional': true,
            'columns': {'contract_id': 'text*', 'company_id': 'text*'},
        },
        'invoices': {
            'feeds': ['crm.invoices'],
            'other_names': ['invoice'],
            'rungs': {'invoices_from': ['native']},
            'columns': dict(
                record,
                hs_invoice_status='text*', hs_invoice_date='date*', hs_amount_billed='number*',
                hs_currency='text*'
            ),
            'fields': {
                'invoices.account_id': none, 'invoices.contract_id': none,
                'invoices.paid_on': 'hs_payment_date*',
            },
        },
        'invoice_companies': {
            'feeds': [],
            'looked_up_for': ['crm.invoices'],
            'other_names': ['invoice_company'],
            'rungs': {'invoices_from': ['native']},
            'is_optional': 'invoices.account_id' in setting('fields'),
            'columns': {'invoice_id': 'text*', 'company_id': 'text*'},
        },
        setting('fields').get('referrals', 'referrals'): {
            'named_by': 'referrals',
            'feeds': ['crm.referrals'],
            'other_names': ['referral'],
            'rungs': {'referrals_from': ['native']},
            'columns': record,
            'fields': {
                'referrals.referring_account_id': 'referring_account_id*',
                'referrals.referred_lead_id': 'referred_lead_id*', 'referrals.referred_on': 'referred_on*',
            },
        },
    } %}
    {{ return(objects) }}
{% endmacro %}
