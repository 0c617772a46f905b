{{ checked_rows(
    'crm.leads',
    reject_when={
        'missing_disqualified_at':
            "status = 'disqualified' and disqualified_at is null and not invalid_disqualified_at",
    }
) }}
