{{ checked_rows(
    'crm.opportunities',
    reject_when={
        'missing_closed_at': "stage in ('closed_won', 'closed_lost')"
            ~ " and closed_at is null and not invalid_closed_at",
    }
) }}
