{#-
    The contract of the inputs: fourteen tables, their columns in order, each with its type.

    `!` marks a column of the key, `*` a required one. Types: text, label, date, stamp, number, or
    code, whose words known_codes() lists under the column's name (or the name behind the colon).
-#}
{% macro input_tables() %}
    {{ return({
        'crm.accounts': {
            'account_id': 'text!', 'account_name': 'text', 'segment': 'label', 'industry': 'text',
            'region': 'text', 'owner_user_id': 'text', 'created_at': 'stamp', 'updated_at': 'stamp',
        },
        'crm.users': {
            'user_id': 'text!', 'full_name': 'text', 'email': 'text', 'employee_id': 'text',
        },
        'crm.leads': {
            'lead_id': 'text!', 'company_name': 'text', 'contact_name': 'text', 'email': 'text',
            'phone': 'text', 'source': 'label', 'status': 'code*:lead_status', 'owner_user_id': 'text',
            'created_at': 'stamp*', 'disqualified_at': 'stamp', 'converted_account_id': 'text',
            'merged_into_lead_id': 'text', 'updated_at': 'stamp',
        },
        'crm.lead_status_history': {
            'lead_id': 'text!', 'status': 'code!:lead_status', 'changed_at': 'stamp!',
        },
        'crm.opportunities': {
            'opportunity_id': 'text!', 'account_id': 'text', 'lead_id': 'text', 'owner_user_id': 'text',
            'opportunity_type': 'code*', 'stage': 'code*', 'amount': 'number', 'currency': 'currency',
            'created_at': 'stamp*', 'closed_at': 'stamp', 'updated_at': 'stamp',
        },
        'crm.opportunity_stage_history': {
            'opportunity_id': 'text!', 'stage': 'code!', 'changed_at': 'stamp!',
        },
        'crm.activities': {
            'activity_id': 'text!', 'activity_type': 'code*', 'status': 'code*:activity_status',
            'user_id': 'text', 'lead_id': 'text', 'opportunity_id': 'text', 'account_id': 'text',
            'occurred_at': 'stamp*',
        },
        'crm.contracts': {
            'contract_id': 'text!', 'account_id': 'text*', 'opportunity_id': 'text',
            'renewed_from_contract_id': 'text', 'contract_type': 'code*',
            'status': 'code*:contract_status', 'signed_on': 'date', 'start_date': 'date*',
            'end_date': 'date', 'cancelled_on': 'date', 'total_value': 'number*',
            'one_time_fees': 'number', 'currency': 'currency*', 'updated_at': 'stamp',
        },
        'crm.invoices': {
            'invoice_id': 'text!', 'account_id': 'text*', 'contract_id': 'text',
            'status': 'code*:invoice_status', 'issued_on': 'date*', 'paid_on': 'date',
            'amount': 'number*', 'currency': 'currency*',
        },
        'crm.referrals': {
            'referral_id': 'text!', 'referring_account_id': 'text*', 'referred_lead_id': 'text*',
            'referred_on': 'date*',
        },
        'hr.employees': {
            'employee_id': 'text!', 'full_name': 'text', 'email': 'text', 'phone': 'text',
            'hire_date': 'date*', 'termination_date': 'date', 'termination_reason': 'code',
            'annual_salary': 'number', 'updated_at': 'stamp',
        },
        'hr.job_assignments': {
            'employee_id': 'text!', 'department': 'label!', 'team': 'text', 'job_title': 'text',
            'manager_employee_id': 'text', 'valid_from': 'date!', 'valid_to': 'date',
        },
        'reference.exchange_rates': {
            'rate_date': 'date!', 'currency': 'currency!', 'rate': 'number*',
        },
        'reference.kpi_targets': {
            'kpi': 'code!', 'period_grain': 'code!', 'period_start': 'date!', 'target': 'number*',
        },
    }) }}
{% endmacro %}
