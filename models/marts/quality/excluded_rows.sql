{%- set models = mapping_models() -%}
with

left_out_rows as (

    {% for mapping in models -%}
    select
        '{{ mapping.source }}.' || native_table as native_table,
        excluded_because as reason,
        native_rows
    from {{ ref(mapping.model) }}
    where excluded_because is not null
    {{ "union all" if not loop.last }}
    {% endfor %}
    {%- if not models %}
    select
        cast(null as {{ dbt.type_string() }}) as native_table,
        cast(null as {{ dbt.type_string() }}) as reason,
        cast(null as integer) as native_rows
    where 1 = 0
    {%- endif %}

),

-- a row of which two tables are made is left out once
excluded_rows as (

    select
        cast(native_table as {{ dbt.type_string() }}) as native_table,
        cast(reason as {{ dbt.type_string() }}) as reason,
        cast(sum(native_rows) as bigint) as row_count
    from left_out_rows
    group by native_table, reason
    having sum(native_rows) > 0

)

select * from excluded_rows
