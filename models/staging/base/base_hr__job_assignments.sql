{{ checked_rows(
    'hr.job_assignments',
    reject_when={
        'end_before_start': "valid_to < valid_from",
    }
) }}
