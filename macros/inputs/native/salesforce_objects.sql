{#-
    The objects of Salesforce that its mapping reads, by their API names; for the form see
    native_objects(). Source: Salesforce's Object Reference. Custom objects and fields end in `__c` and are
    anybody's: the setting `fields` names them.
-#}
{% macro salesforce_objects() %}
    {% set is_deleted = 'flag|_fivetran_deleted' %}
    {% set stamps = {
        'CreatedDate': 'stamp', 'LastModifiedDate': 'stamp', 'SystemModstamp': 'stamp', 'IsDeleted': is_deleted,
    } %}
    {% set custom = setting('fields') %}
    {% set erp_code = 'AccountNumber*' if setting('invoices_from') == 'logo' else none %}
    {# fields that only one kind of lead or referral has #}
    {% set of_leads = {'leads.source': 'LeadSource', 'leads.disqualified_at': none} %}
    {% if setting('referrals_from') == 'lead' %}
        {% do of_leads.update({'referrals.referring_account_id': '*', 'referrals.referred_on': '*'}) %}
    {% endif %}
    {% set lead_of_opportunity = 'ContactId*' if setting('lead_is') == 'contact' else none %}
    {{ return({
        'User': {
            'feeds': ['crm.users'],
            'columns': {'Id': 'id!', 'Name': 'text', 'Email': 'text'},
            'fields': {'users.employee_id': 'EmployeeNumber'},
        },
        'Account': {
            'feeds': ['crm.accounts'],
            'columns': dict({'Id': 'id!', 'Name': 'text', 'Industry': 'text', 'OwnerId': 'id'}, **stamps),
            'fields': {'accounts.segment': none, 'accounts.region': none, 'accounts.erp_code': erp_code},
        },
        'Lead': {
            'labels': {'Status': 'lead_status'},
            'feeds': ['crm.leads'],
            'rungs': {'lead_is': [none, 'lead']},
            'columns': dict({
                'Id': 'id!', 'Company': 'text', 'Name': 'text', 'Email': 'text', 'Phone': 'text',
                'Status': 'text*', 'OwnerId': 'id', 'RecordTypeId': 'id', 'IsConverted': 'flag*',
                'ConvertedAccountId': 'id', 'ConvertedContactId': 'id', 'ConvertedOpportunityId': 'id',
                'MasterRecordId': 'id',
            }, **dict(stamps, CreatedDate='stamp*')),
            'fields': of_leads,
        },
        'Contact': {
            'feeds': ['crm.leads'],
            'rungs': {'lead_is': ['contact']},
            'columns': dict({
                'Id': 'id!', 'AccountId': 'id', 'Name': 'text', 'Email': 'text', 'Phone': 'text', 'OwnerId': 'id',
                'RecordTypeId': 'id', 'MasterRecordId': 'id',
            }, **stamps),
            'fields': {
                'leads.source': 'LeadSource', 'leads.status': '*', 'leads.created_at': '*',
                'leads.disqualified_at': none,
            },
        },
        'RecordType': {
            'feeds': [],
            'is_optional': true,
            'columns': {'Id': 'id!', 'DeveloperName': 'text', 'Name': 'text'},
        },
        'LeadHistory': {
            'labels': {'NewValue': 'lead_status'},
            'labels_where': {'Field': 'Status'},
            'feeds': ['crm.lead_status_history'],
            'columns': {
                'Id': 'text', 'LeadId': 'id!', 'Field': 'text*', 'NewValue': 'text!', 'CreatedDate': 'stamp!',
                'IsDeleted': is_deleted,
            },
        },
        'Opportunity': {
            'labels': {'Type': 'opportunity_type', 'StageName': 'stage'},
            'feeds': ['crm.opportunities'],
            'columns': dict({
                'Id': 'id!', 'AccountId': 'id', 'OwnerId': 'id', 'Type': 'text', 'StageName': 'text*',
                'Amount': 'number', 'CurrencyIsoCode': 'text', 'CloseDate': 'date*', 'IsClosed': 'flag*',
                'LeadSource': 'text', 'RecordTypeId': 'id',
            }, **dict(stamps, CreatedDate='stamp*')),
            'fields': {
                'opportunities.lead_id': lead_of_opportunity, 'opportunities.closed_at': none,
                'opportunities.contract_start_date': none, 'opportunities.contract_term_months': none,
            },
        },
        'OpportunityHistory': {
            'labels': {'StageName': 'stage'},
            'feeds': ['crm.opportunity_stage_history'],
            'columns': {
                'Id': 'text', 'OpportunityId': 'id!', 'StageName': 'text!', 'CreatedDate': 'stamp!',
                'IsDeleted': is_deleted,
            },
        },
        'OpportunityStage': {
            'feeds': [],
            'is_optional': true,
            'columns': {'MasterLabel': 'text!', 'IsWon': 'flag*', 'IsClosed': 'flag*'},
        },
        'Task': {
            'labels': {'Type': 'activity_type', 'TaskSubtype': 'activity_type', 'Status': 'activity_status'},
            'feeds': ['crm.activities'],
            'columns': {
                'Id': 'id!', 'WhoId': 'id', 'WhatId': 'id', 'AccountId': 'id', 'OwnerId': 'id', 'Type': 'text',
                'TaskSubtype': 'text', 'Status': 'text*', 'ActivityDate': 'date', 'CompletedDateTime': 'stamp',
                'IsRecurrence': 'flag', 'IsDeleted': is_deleted,
            },
        },
        'Event': {
            'labels': {'Type': 'activity_type'},
            'feeds': ['crm.activities'],
            'columns': {
                'Id': 'id!', 'WhoId': 'id', 'WhatId': 'id', 'AccountId': 'id', 'OwnerId': 'id', 'Type': 'text',
                'EventSubtype': 'text', 'StartDateTime': 'stamp', 'ActivityDateTime': 'stamp',
                'ActivityDate': 'date', 'IsAllDayEvent': 'flag', 'GroupEventType': 'text', 'IsRecurrence': 'flag',
                'IsDeleted': is_deleted,
            },
            'fields': {'activities.status': none},
        },
        'Contract': {
            'labels': {'Status': 'contract_status'},
            'feeds': ['crm.contracts'],
            'rungs': {'contracts_from': ['contract']},
            'columns': dict({
                'Id': 'id!', 'AccountId': 'id*', 'Status': 'text*', 'StartDate': 'date*', 'EndDate': 'date',
                'CustomerSignedDate': 'date', 'CompanySignedDate': 'date', 'CurrencyIsoCode': 'text',
            }, **stamps),
            'fields': {
                'contracts.total_value': '*', 'contracts.one_time_fees': none, 'contracts.contract_type': none,
                'contracts.renewed_from_contract_id': none, 'contracts.cancelled_on': none,
                'contracts.opportunity_id': none, 'contracts.signed_on': none,
            },
        },
        'Order': {
            'labels': {'Status': 'contract_status', 'Type': 'contract_type'},
            'feeds': ['crm.contracts'],
            'rungs': {'contracts_from': ['order']},
            'columns': dict({
                'Id': 'id!', 'AccountId': 'id*', 'OpportunityId': 'id', 'Status': 'text*', 'Type': 'text',
                'EffectiveDate': 'date*', 'EndDate': 'date', 'TotalAmount': 'number*',
                'CurrencyIsoCode': 'text', 'IsReductionOrder': 'flag',
            }, **stamps),
            'fields': {
                'contracts.one_time_fees': none, 'contracts.cancelled_on': none, 'contracts.signed_on': none,
                'contracts.renewed_from_contract_id': 'OriginalOrderId',
            },
        },
        'SBQQ__Subscription__c': {
            'feeds': ['crm.contracts'],
            'rungs': {'contracts_from': ['subscription']},
            'columns': dict({
                'Id': 'id!', 'SBQQ__Account__c': 'id*',
                'SBQQ__StartDate__c': 'date*|SBQQ__SubscriptionStartDate__c',
                'SBQQ__EndDate__c': 'date|SBQQ__SubscriptionEndDate__c', 'SBQQ__TerminatedDate__c': 'date',
                'CurrencyIsoCode': 'text',
            }, **stamps),
            'fields': {
                'contracts.total_value': '*', 'contracts.one_time_fees': none, 'contracts.contract_type': none,
                'contracts.renewed_from_contract_id': none, 'contracts.opportunity_id': none,
                'contracts.signed_on': none,
            },
        },
        custom.get('invoices', 'Invoice__c'): {
            'feeds': ['crm.invoices'],
            'rungs': {'invoices_from': ['native']},
            'named_by': 'invoices',
            'columns': {'Id': 'id!', 'CurrencyIsoCode': 'text', 'IsDeleted': is_deleted},
            'fields': {
                'invoices.account_id': 'Account__c*', 'invoices.contract_id': 'Contract__c',
                'invoices.status': 'Status__c*', 'invoices.issued_on': 'Issued_On__c*',
                'invoices.paid_on': 'Paid_On__c*', 'invoices.amount': 'Amount__c*',
            },
        },
        custom.get('referrals', 'Referral__c'): {
            'feeds': ['crm.referrals'],
            'rungs': {'referrals_from': ['native']},
            'named_by': 'referrals',
            'columns': {'Id': 'id!', 'CreatedDate': 'stamp', 'IsDeleted': is_deleted},
            'fields': {
                'referrals.referring_account_id': 'Account__c*', 'referrals.referred_lead_id': 'Lead__c*',
                'referrals.referred_on': 'Referred_On__c*',
            },
        },
        'DatedConversionRate': {
            'feeds': ['reference.exchange_rates'],
            'rungs': {'exchange_rates_from': ['native']},
            'columns': {
                'Id': 'text', 'IsoCode': 'text!', 'StartDate': 'date!', 'ConversionRate': 'number*',
                'IsDeleted': is_deleted,
            },
        },
    }) }}
{% endmacro %}
