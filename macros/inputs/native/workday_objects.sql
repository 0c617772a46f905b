{#-
    The tables of Workday that its mapping reads; for the form see native_objects(). Either Fivetran's
    (worker_history and what hangs on it) or two custom reports, `workers` and `positions`: whichever is
    there. Source: Fivetran's Workday HCM schema, and the columns of Workday's worker reports.
-#}
{% macro workday_objects() %}
    {% set is_old = {'_fivetran_active': 'text', '_fivetran_deleted': 'flag'} %}
    {{ return({
        'worker_history': {
            'feeds': ['hr.employees'],
            'is_optional': true,
            'labels': {'primary_termination_category': 'termination_reason'},
            'columns': dict({
                'id': 'text!', 'worker_code': 'text!', 'hire_date': 'date*', 'termination_date': 'date',
                'primary_termination_category': 'text', 'hire_rescinded': 'flag', 'last_updated': 'stamp|_fivetran_synced',
            }, **is_old),
        },
        'worker_position_history': {
            'feeds': ['hr.job_assignments'],
            'is_optional': true,
            'columns': dict({
                'worker_id': 'text!', 'position_id': 'text!', 'start_date': 'date*', 'end_date': 'date',
                'business_title': 'text', 'employee_type': 'text|worker_type', 'hire_rescinded': 'flag',
            }, **is_old),
        },
        'worker_position_organization_history': {
            'feeds': [],
            'is_optional': true,
            'columns': dict({'worker_id': 'text!', 'position_id': 'text!', 'organization_id': 'text*'}, **is_old),
        },
        'organization': {
            'feeds': [],
            'is_optional': true,
            'columns': {'id': 'text!', 'name': 'text*', 'type': 'text*|organization_type', 'sub_type': 'text'},
        },
        'person_name': {
            'feeds': [],
            'is_optional': true,
            'columns': {'personal_info_system_id': 'text!|worker_id', 'full_name': 'text|reporting_name'},
        },
        'person_contact_email_address': {
            'feeds': [],
            'is_optional': true,
            'columns': {'personal_info_system_id': 'text!|worker_id', 'email_address': 'text*'},
        },
        'workers': {
            'feeds': ['hr.employees'],
            'is_optional': true,
            'labels': {'Termination_Category': 'termination_reason'},
            'columns': {
                'Employee_ID': 'text!', 'Legal_Name': 'text|Name|Worker', 'Email': 'text|Work_Email|Email_Address',
                'Phone': 'text|Work_Phone', 'Hire_Date': 'date*', 'Termination_Date': 'date',
                'Termination_Category': 'text|Primary_Termination_Category', 'Hire_Rescinded': 'flag',
                'Worker_Type': 'text|Employee_Type', 'Annual_Salary': 'number', 'Last_Updated': 'stamp',
            },
        },
        'positions': {
            'feeds': ['hr.job_assignments'],
            'is_optional': true,
            'columns': {
                'Employee_ID': 'text!', 'Position_ID': 'text|Position', 'Job_Title': 'text|Business_Title',
                'Manager_ID': 'text|Manager_Employee_ID', 'Start_Date': 'date!', 'End_Date': 'date',
                'Worker_Type': 'text|Employee_Type',
            },
            'fields': {'job_assignments.department': 'Department', 'job_assignments.team': 'Team'},
        },
    }) }}
{% endmacro %}
