{#-
    The tables of BambooHR that its mapping reads; for the form see native_objects(). Source: BambooHR's
    API, its field list and its tabular data jobInfo and employmentStatus. There, `Terminated` and
    `Contractor` are the two statuses that nobody can rename, and reportsTo is a manager's name. payRate
    is an amount with its currency behind it, by the hour as well as by the month: no annual salary.
-#}
{% macro bamboohr_objects() %}
    {{ return({
        'employees': {
            'feeds': ['hr.employees'],
            'other_names': ['employee', 'directory'],
            'columns': {
                'id': 'text!|employeeId', 'employeeNumber': 'text!', 'displayName': 'text|fullName1',
                'workEmail': 'text|email', 'mobilePhone': 'text|workPhone', 'hireDate': 'date*',
                'terminationDate': 'date', 'lastChanged': 'stamp',
            },
            'fields': {'employees.annual_salary': none},
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
            'looked_up_for': ['hr.employees', 'hr.job_assignments'],
            'other_names': ['employment_statuses', 'employee_employment_status'],
            'labels': {'terminationTypeId': 'termination_reason'},
            'columns': {
                'employeeId': 'text!|employee_id', 'date': 'date*|effective_date', 'employmentStatus': 'text*|status',
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
