with

{% for table in input_tables() -%}
{{ table | replace('.', '__') }} as (

    select
        cast('{{ table }}' as {{ dbt.type_string() }}) as source_table,
        ({{ raw_row_count(table) }}) as raw_rows,
        (select count(*) from {{ ref('stg_' ~ table | replace('.', '__')) }}) as staged_rows,
        (
            select count(*) from {{ ref('rejected_rows') }}
            where source_table = '{{ table }}'
        ) as rejected_rows

),

{% endfor -%}

input_row_counts as (

    {% for table in input_tables() -%}
    select * from {{ table | replace('.', '__') }}
    {{ "union all" if not loop.last }}
    {% endfor %}

)

select * from input_row_counts
