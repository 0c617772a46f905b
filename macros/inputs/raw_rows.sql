{#-
    A select of an input's rows as they came, every column as text: raw_<column> for those of the
    contract, extra_<number> for others, whose names are anybody's.
-#}
{% macro raw_rows(table) -%}
    {%- set wanted = {} -%}
    {%- for column in input_columns(table) -%}
        {%- do wanted.update({column.name: column.type}) -%}
    {%- endfor -%}
    select
    {%- for column in raw_columns(table) %}
        {{ text_of(adapter.quote(column.name | replace('"', '""')), column.type, wanted.get(column.name, 'text')) }}
            as {{ column.alias }}{{ "," if not loop.last }}
    {%- endfor %}
    from {{ input_relation(table) }}
{%- endmacro %}
