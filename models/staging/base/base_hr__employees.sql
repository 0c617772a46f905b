{{ checked_rows(
    'hr.employees',
    reject_when={
        'end_before_start': "termination_date < hire_date",
    }
) }}
