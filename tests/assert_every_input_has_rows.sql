{{ config(severity='warn') }}

-- an input without a row is allowed, and worth a word; so is one of which every row was rejected
select
    source_table,
    raw_rows,
    staged_rows
from {{ ref('input_row_counts') }}
where staged_rows = 0
