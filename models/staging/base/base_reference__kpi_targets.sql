{#- A period starts on the first of a month, a quarter or year of the fiscal calendar on some. -#}
{%- set months_into_year =
    '(extract(month from period_start) - ' ~ setting('fiscal_year_start_month') ~ ' + 12) % 12' -%}

{{ checked_rows(
    'reference.kpi_targets',
    reject_when={
        'no_such_period': "(period_grain is not null and extract(day from period_start) <> 1)"
            ~ " or (period_grain = 'quarter' and " ~ months_into_year ~ " % 3 <> 0)"
            ~ " or (period_grain = 'year' and " ~ months_into_year ~ " <> 0)",
    }
) }}
