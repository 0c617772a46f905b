with

rejected_rows as (

    select * from {{ ref('rejected_rows') }}

),

rejected_row_counts as (

    select
        source_table,
        reasons,
        count(*) as row_count
    from rejected_rows
    group by source_table, reasons

)

select * from rejected_row_counts
