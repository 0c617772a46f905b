{{ config(severity='warn') }}

-- an input without a row is allowed, and worth a word; so is one of which every row was rejected;
-- one that is said to be absent has had its word
select
    source_table,
    raw_rows,
    staged_rows
from {{ ref('input_row_counts') }}
where
    staged_rows = 0
    and source_table not in {{ sql_list(absent_tables() or ['none']) }}
