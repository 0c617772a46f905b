{{ checked_rows(
    'crm.contracts',
    reject_when={
        'missing_cancelled_on':
            "status = 'cancelled' and cancelled_on is null and not invalid_cancelled_on",
        'missing_end_date': "status = 'expired' and end_date is null and not invalid_end_date",
        'end_before_start': "end_date < start_date",
        'negative_total_value': "total_value < 0",
        'negative_one_time_fees': "one_time_fees < 0",
        'one_time_fees_exceed_total': "one_time_fees > total_value",
    },
    converts_on='coalesce(signed_on, start_date)'
) }}
