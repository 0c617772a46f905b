{#-
    A native column as an SQL expression: text, or a boolean for a flag.

    table: such as salesforce.Lead; wanted: an entry of native_columns(); columns: all that the table
    has, among which may be one JSON object of all properties.
-#}
{% macro native_value(table, wanted, columns) -%}
    {%- set found = found_column(table, wanted, columns) -%}
    {%- set text = 'cast(null as ' ~ dbt.type_string() ~ ')' -%}
    {%- set properties = columns | selectattr('name', 'equalto', 'properties') | list -%}
    {%- if found -%}
        {%- set name = adapter.quote(found.name | replace('"', '""')) -%}
        {%- set text = text_of(name, found.type, wanted.type) -%}
        {#- an id that a loader took for a number is a whole one -#}
        {%- if found.type in ['double', 'float', 'real', 'double precision'] and wanted.type in ['id', 'text'] -%}
            {%- set text = replace_all(double_text(name), '[.]0+$', '') -%}
        {%- endif -%}
    {%- elif properties and wanted.name -%}
        {%- set text = json_value(adapter.quote('properties'), wanted.name) -%}
    {%- endif -%}
    {#- a rejected row is named by its key as it came -#}
    {%- if not wanted.is_key and (found or properties) -%}
        {%- set text = clean_text(text) -%}
    {%- endif -%}
    {%- if wanted.type == 'flag' -%}
        {#- a loader's flag stands beside the system's own, and either says it -#}
        {%- set flags = [] -%}
        {%- for name in [wanted.name] + wanted.other_names -%}
            {%- set column = found_column(table, dict(wanted, name=name, other_names=[]), columns) -%}
            {%- do flags.append(is_true(clean_text(text_of(adapter.quote(column.name), column.type, 'text')))) if column -%}
        {%- endfor -%}
        {{ '(' ~ flags | join(' or ') ~ ')' if flags else is_true(text) }}
    {%- elif not found and not properties -%}
        {{ text }}
    {%- elif wanted.type == 'stamp' -%}
        {{ native_stamp(text) }}
    {%- elif wanted.type == 'date' -%}
        {{ native_day(text) }}
    {%- elif wanted.type == 'number' -%}
        {{ native_number(text) }}
    {%- elif wanted.type == 'id' -%}
        {{ salesforce_id(text) }}
    {%- else -%}
        {{ text }}
    {%- endif -%}
{%- endmacro %}
