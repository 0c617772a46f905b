-- each row of an export is a row of the contract or left out for a reason; counted in the export
{%- set objects = [] %}
{%- for source in (native_sources() if execute else []) %}
    {%- for object, contract in native_objects(source).items() if contract.feeds and has_native(source, object) %}
        {%- do objects.append(source ~ '.' ~ object) %}
    {%- endfor %}
{%- endfor %}

with

native_tables as (

    {% for table in objects -%}
    select
        '{{ table }}' as native_table,
        ({{ raw_row_count(table) }}) as native_rows
    {{ "union all" if not loop.last }}
    {% endfor %}
    {%- if not objects %}
    select
        '' as native_table,
        0 as native_rows
    where 1 = 0
    {%- endif %}

),

mapped_or_excluded as (

    {% for mapping in mapping_models() -%}
    select
        '{{ mapping.source }}.' || native_table as native_table,
        native_rows
    from {{ ref(mapping.model) }}
    union all
    {% endfor %}
    select
        '' as native_table,
        0 as native_rows

),

made_of_tables as (

    select
        native_table,
        sum(native_rows) as mapped_or_excluded_rows
    from mapped_or_excluded
    group by native_table

)

select
    native_tables.native_table,
    native_tables.native_rows,
    made_of_tables.mapped_or_excluded_rows
from native_tables
left join made_of_tables on native_tables.native_table = made_of_tables.native_table
where native_tables.native_rows <> coalesce(made_of_tables.mapped_or_excluded_rows, 0)
