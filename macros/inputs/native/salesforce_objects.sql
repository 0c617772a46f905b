{#-
    The objects of Salesforce that its mapping reads, by their API names; for the form see
    native_objects(). Source: Salesforce's Object Reference.
-#}
{% macro salesforce_objects() %}
    {% set is_deleted = 'flag|_fivetran_deleted' %}
    {{ return({
        'User': {
            'feeds': ['crm.users'],
            'columns': {'Id': 'id!', 'Name': 'text', 'Email': 'text', '_fivetran_deleted': 'flag'},
            'fields': {'users.employee_id': 'EmployeeNumber'},
        },
        'Account': {
            'feeds': ['crm.accounts'],
            'columns': {
                'Id': 'id!', 'Name': 'text', 'Industry': 'text', 'OwnerId': 'id', 'CreatedDate': 'stamp',
                'LastModifiedDate': 'stamp', 'SystemModstamp': 'stamp', 'IsDeleted': is_deleted,
            },
            'fields': {'accounts.segment': none, 'accounts.region': none},
        },
        'Lead': {
            'feeds': ['crm.leads'],
            'columns': {
                'Id': 'id!', 'Company': 'text', 'Name': 'text', 'Email': 'text', 'Phone': 'text',
                'Status': 'text*', 'OwnerId': 'id', 'CreatedDate': 'stamp*', 'RecordTypeId': 'id',
                'IsConverted': 'flag*', 'ConvertedDate': 'date', 'ConvertedAccountId': 'id',
                'ConvertedContactId': 'id', 'ConvertedOpportunityId': 'id', 'MasterRecordId': 'id',
                'LastModifiedDate': 'stamp', 'SystemModstamp': 'stamp', 'IsDeleted': is_deleted,
            },
            'fields': {
                'leads.source': 'LeadSource', 'leads.disqualified_at': none,
                'referrals.referring_account_id': none, 'referrals.referred_on': none,
            },
        },
        'LeadHistory': {
            'feeds': ['crm.lead_status_history'],
            'columns': {
                'Id': 'id', 'LeadId': 'id!', 'Field': 'text*', 'NewValue': 'text*', 'CreatedDate': 'stamp*',
                'IsDeleted': is_deleted,
            },
        },
        'Opportunity': {
            'feeds': ['crm.opportunities'],
            'columns': {
                'Id': 'id!', 'AccountId': 'id', 'OwnerId': 'id', 'Type': 'text', 'StageName': 'text*',
                'Amount': 'number', 'CurrencyIsoCode': 'text', 'CreatedDate': 'stamp*', 'CloseDate': 'date*',
                'IsClosed': 'flag*', 'RecordTypeId': 'id', 'LastModifiedDate': 'stamp', 'SystemModstamp': 'stamp',
                'IsDeleted': is_deleted,
            },
            'fields': {
                'opportunities.lead_id': none, 'opportunities.closed_at': none,
                'contracts.start_date': none, 'contracts.term_months': none,
            },
        },
        'OpportunityHistory': {
            'feeds': ['crm.opportunity_stage_history'],
            'columns': {
                'Id': 'id', 'OpportunityId': 'id!', 'StageName': 'text*', 'CreatedDate': 'stamp*',
                'IsDeleted': is_deleted,
            },
        },
    }) }}
{% endmacro %}
