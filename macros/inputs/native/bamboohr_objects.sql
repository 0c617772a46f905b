{#-
    The tables of BambooHR that its mapping reads; for the form see native_objects(). Source: BambooHR's
    API, its field list and its tabular fields jobInfo and employmentStatus.
-#}
{% macro bamboohr_objects() %}
    {{ return({
        'employees': {
            'feeds': ['hr.employees'],
            'other_names': ['employee', 'directory'],
            'columns': {
                'id': 'text!|employeeId', 'employeeNumber': 'text!', 'displayName': 'text|fullName1',
                'workEmail': 'text|email', 'mobilePhone': 'text|workPhone', 'hireDate': 'date*',
                'terminationDate': 'date', 'payRate': 'number', 'lastChanged': 'stamp',
            },
        },
        'jobInfo': {
            'feeds': ['hr.job_assignments'],
            'other_names': ['job_infos', 'employee_job_info'],
            'columns': {
                'employeeId': 'text!|employee_id', 'date': 'date!|effective_date', 'jobTitle': 'text',
                'reportsTo': 'text',
            },
            'fields': {'job_assignments.department': 'department', 'job_assignments.team': 'division'},
        },
        'employmentStatus': {
            'feeds': [],
            'other_names': ['employment_statuses', 'employee_employment_status'],
            'labels': {'terminationTypeId': 'termination_reason'},
            'columns': {
                'employeeId': 'text!|employee_id', 'date': 'date!|effective_date', 'employmentStatus': 'text*|status',
                'terminationTypeId': 'text|terminationType',
            },
        },
        setting('fields').get('second_jobs', 'secondJobs'): {
            'feeds': ['hr.job_assignments'],
            'is_optional': true,
            'named_by': 'second_jobs',
            'columns': {
                'employeeId': 'text!|employee_id', 'startDate': 'date!', 'endDate': 'date', 'jobTitle': 'text',
                'department': 'text', 'division': 'text', 'reportsTo': 'text',
            },
        },
    }) }}
{% endmacro %}
