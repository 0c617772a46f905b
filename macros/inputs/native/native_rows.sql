{#-
    A select of the rows of a source's object, each column that the mapping asks for as text under its
    alias; null where the export has no such column. Stamps and dates come out in the form of the
    inputs, flags as booleans; nothing else is changed.
-#}
{% macro native_rows(source, object) -%}
    {%- set table = source ~ '.' ~ object -%}
    {%- set is_there = execute and has_native(source, object) -%}
    {%- set columns_there = relation_columns(table) if is_there else [] -%}
    select
    {%- for column in native_columns(source, object) %}
        {{ native_value(table, column, columns_there) }}
            as {{ column.alias }}{{ "," if not loop.last }}
    {%- endfor %}
    {%- if is_there %}
    from {{ input_relation(table) }}
    {%- else %}
    where 1 = 0
    {%- endif %}
{%- endmacro %}
