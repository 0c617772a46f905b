{#-
    A row of text columns as the text of a JSON object, in their order.

    columns: a list of {name, alias}: the key, and the column that holds its text.
-#}
{% macro json_object(columns) -%}
    '{'
    {%- for column in columns %}
        || '{{ tojson(column.name) | replace("'", "''") }}:' || {{ json_text(column.alias) }}
        {{- " || ','" if not loop.last }}
    {%- endfor %}
        || '}'
{%- endmacro %}
