{#- A select of an input's rows as they came, every column as text, extra columns too. -#}
{% macro raw_rows(table) %}
    {%- set wanted = {} -%}
    {%- for column in input_columns(table) -%}
        {%- do wanted.update({column.name: column.type}) -%}
    {%- endfor -%}
    {%- set relation = input_relation(table) -%}
    {%- set columns = relation_columns(table) if execute else [] -%}
    select
    {%- for column in columns %}
        {% set quoted = adapter.quote(column.name | replace('"', '""')) -%}
        {{ text_of(quoted, column.type, wanted.get(column.name, 'text')) }} as {{ quoted }}{{ "," if not loop.last }}
    {%- endfor %}
    from {{ relation }}
{%- endmacro %}
