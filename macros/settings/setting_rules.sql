{#-
    Every setting with its type, default and range: the one list that check_settings and setting()
    know. `needs`: the setting without which it says nothing, and is refused. A default of none is worked out from other settings (as_of_date, reporting_start_date)
    or means "not used".
-#}
{% macro setting_rules() %}
    {# others have no lifecycle stages #}
    {% set of_hubspot = var('crm_source', none) == 'hubspot' %}
    {{ return({
        'as_of_date': {'type': 'date', 'default': none},
        'reporting_start_date': {'type': 'date', 'default': none},
        'reporting_currency': {'type': 'currency', 'default': 'TRY'},
        'base_currency': {'type': 'currency', 'default': 'TRY'},
        'business_timezone': {'type': 'timezone', 'default': 'Europe/Istanbul'},
        'fiscal_year_start_month': {'type': 'integer', 'default': 1, 'min': 1, 'max': 12},
        'sales_departments': {'type': 'labels', 'default': ['sales']},
        'customer_meeting_types': {
            'type': 'labels', 'default': ['meeting', 'demo'], 'known': known_codes('activity_type')
        },
        'renewal_grace_days': {'type': 'integer', 'default': 30, 'min': 0, 'max': 36500},
        'stale_after_days': {'type': 'integer', 'default': 30, 'min': 0, 'max': 36500},
        'conversion_window_days': {'type': 'integer', 'default': 90, 'min': 0, 'max': 36500},
        'small_group_minimum': {'type': 'integer', 'default': 5, 'min': 1, 'max': 1000},
        'publish_rep_names': {'type': 'boolean', 'default': false},
        'crm_source': {'type': 'choice', 'default': none, 'known': ['salesforce', 'hubspot']},
        'hr_source': {'type': 'choice', 'default': none, 'known': ['workday', 'bamboohr']},
        'crm_schema': {'type': 'identifier', 'default': none},
        'hr_schema': {'type': 'identifier', 'default': none},
        'absent_inputs': {'type': 'inputs', 'default': []},
        'fields': {'type': 'fields', 'default': {}},
        'contracts_from': {
            'type': 'choice', 'default': none,
            'known': ['contract', 'order', 'subscription', 'native', 'line_items', 'won_opportunities', 'own'],
            'needs': 'crm_source'
        },
        'invoices_from': {
            'type': 'choice', 'default': none, 'known': ['native', 'logo', 'own'], 'needs': 'crm_source'
        },
        'referrals_from': {'type': 'choice', 'default': none, 'known': ['lead', 'native', 'own'], 'needs': 'crm_source'},
        'exchange_rates_from': {'type': 'choice', 'default': none, 'known': ['native', 'own'], 'needs': 'crm_source'},
        'source_currency': {'type': 'currency', 'default': none, 'needs': 'crm_source'},
        'lead_is': {'type': 'choice', 'default': none, 'known': ['lead', 'contact', 'opportunity'], 'needs': 'crm_source'},
        'lead_record_types': {'type': 'texts', 'default': [], 'needs': 'crm_source'},
        'contractor_types': {
            'type': 'labels', 'default': ['contractor', 'contingent_worker'], 'needs': 'hr_source'
        },
        'department_organization_type': {'type': 'text', 'default': 'Department', 'needs': 'hr_source'},
        'team_organization_type': {'type': 'text', 'default': 'Team', 'needs': 'hr_source'},
        'users_meet_employees_by': {
            'type': 'choice', 'default': none, 'known': ['employee_id', 'employee_id_or_email']
        },
        'lead_stages': {
            'type': 'labels', 'pattern': '[a-z0-9_]{1,40}',
            'default': ['lead', 'marketingqualifiedlead', 'salesqualifiedlead'] if of_hubspot else []
        },
        'converted_stages': {
            'type': 'labels', 'pattern': '[a-z0-9_]{1,40}',
            'default': ['opportunity', 'customer', 'evangelist'] if of_hubspot else []
        },
        'input_dir': {'type': 'path', 'default': none},
        'input_format': {'type': 'choice', 'default': 'csv', 'known': ['csv', 'parquet']},
        'input_schema': {'type': 'identifier', 'default': none},
        'input_database': {'type': 'identifier', 'default': none},
    }) }}
{% endmacro %}
