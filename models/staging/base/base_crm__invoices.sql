{{ checked_rows(
    'crm.invoices',
    reject_when={
        'missing_paid_on': "status = 'paid' and paid_on is null and not invalid_paid_on",
    },
    converts_on='coalesce(paid_on, issued_on)'
) }}
