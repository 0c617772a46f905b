{{ checked_rows(
    'reference.exchange_rates',
    reject_when={
        'non_positive_rate': "rate <= 0",
    }
) }}
