-- counted in the raw input itself, not in what was made of it; all fourteen tables must be there
with

input_row_counts as (

    select * from {{ ref('input_row_counts') }}

),

expected_tables as (

    {% for table in input_tables() -%}
    select '{{ table }}' as source_table
    {{ "union all" if not loop.last }}
    {% endfor %}

)

select
    expected_tables.source_table,
    input_row_counts.raw_rows,
    input_row_counts.staged_rows,
    input_row_counts.rejected_rows
from expected_tables
left join input_row_counts on expected_tables.source_table = input_row_counts.source_table
where
    input_row_counts.raw_rows is null
    or input_row_counts.raw_rows <> input_row_counts.staged_rows + input_row_counts.rejected_rows
