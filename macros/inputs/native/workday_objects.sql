{#-
    The tables of Workday that its mapping reads; for the form see native_objects(). Either Fivetran's
    (worker_history and what hangs on it, or the same without history), or two custom reports, `workers`
    and `positions`: whichever is there. Source: the columns and the sample rows of Fivetran's package for
    Workday HCM, and the columns of Workday's worker reports. There, hire_rescinded is the worker's, not
    the position's; a department is a sub-type of supervisory organisations; the use of an address is a
    part of its code.
-#}
{% macro workday_objects() %}
    {% set is_old = {'_fivetran_active': 'text', '_fivetran_deleted': 'flag'} %}
    {{ return({
        'worker_history': {
            'feeds': ['hr.employees'],
            'is_optional': true,
            'other_names': ['worker'],
            'labels': {'primary_termination_category': 'termination_reason'},
            'columns': dict({
                'id': 'text!', 'worker_code': 'text!', 'hire_date': 'date*', 'termination_date': 'date',
                'terminated': 'text', 'primary_termination_category': 'text', 'hire_rescinded': 'flag',
                'last_updated': 'stamp|_fivetran_synced',
            }, **is_old),
        },
        'worker_position_history': {
            'feeds': ['hr.job_assignments'],
            'is_optional': true,
            'other_names': ['worker_position'],
            'columns': dict({
                'worker_id': 'text!', 'position_id': 'text!', 'start_date': 'date*', 'end_date': 'date',
                'end_employment_date': 'date', 'business_title': 'text', 'employee_type': 'text|worker_type',
            }, **is_old),
        },
        'worker_position_organization_history': {
            'feeds': [],
            'looked_up_for': ['hr.job_assignments'],
            'is_optional': true,
            'needed_with': 'worker_position_history',
            'other_names': ['worker_position_organization'],
            'columns': dict({'worker_id': 'text!', 'position_id': 'text!', 'organization_id': 'text*'}, **is_old),
        },
        'organization': {
            'feeds': [],
            'looked_up_for': ['hr.job_assignments'],
            'is_optional': true,
            'needed_with': 'worker_position_history',
            'columns': {'id': 'text!', 'name': 'text*', 'type': 'text*|organization_type', 'sub_type': 'text'},
        },
        'person_name': {
            'feeds': [],
            'looked_up_for': ['hr.employees'],
            'is_optional': true,
            'columns': {
                'personal_info_system_id': 'text!|worker_id', 'type': 'text', 'first_name': 'text',
                'last_name': 'text', '_fivetran_deleted': 'flag',
            },
        },
        'person_contact_email_address': {
            'feeds': [],
            'looked_up_for': ['hr.employees'],
            'is_optional': true,
            'columns': {
                'personal_info_system_id': 'text!|worker_id', 'email_address': 'text*', 'email_code': 'text',
                '_fivetran_deleted': 'flag',
            },
        },
        'workers': {
            'feeds': ['hr.employees'],
            'is_optional': true,
            'instead_of': 'worker_history',
            'labels': {'Termination_Category': 'termination_reason'},
            'columns': {
                'Employee_ID': 'text!', 'Legal_Name': 'text|Name|Worker', 'Email': 'text|Work_Email|Email_Address',
                'Phone': 'text|Work_Phone', 'Hire_Date': 'date*', 'Termination_Date': 'date', 'Terminated': 'text',
                'Termination_Category': 'text|Primary_Termination_Category', 'Hire_Rescinded': 'flag',
                'Worker_Type': 'text|Employee_Type', 'Annual_Salary': 'number', 'Last_Updated': 'stamp',
            },
        },
        'positions': {
            'feeds': ['hr.job_assignments'],
            'is_optional': true,
            'instead_of': 'worker_position_history',
            'columns': {
                'Employee_ID': 'text!', 'Position_ID': 'text|Position', 'Job_Title': 'text|Business_Title',
                'Manager_ID': 'text|Manager_Employee_ID', 'Start_Date': 'date!', 'End_Date': 'date',
                'Worker_Type': 'text|Employee_Type',
            },
            'fields': {'job_assignments.department': 'Department', 'job_assignments.team': 'Team'},
        },
    }) }}
{% endmacro %}
