{{ config(severity='warn') }}

-- an input without a row is allowed, and worth a word
select source_table
from {{ ref('input_row_counts') }}
where raw_rows = 0
