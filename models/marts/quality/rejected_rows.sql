with

rejected_rows as (

    {% for table in input_tables() -%}
    select
        cast('{{ table }}' as {{ dbt.type_string() }}) as source_table,
        row_key,
        reject_reasons as reasons,
        raw_row
    from {{ ref('base_' ~ table | replace('.', '__')) }}
    where reject_reasons is not null
    {{ "union all" if not loop.last }}
    {% endfor %}

)

select * from rejected_rows
