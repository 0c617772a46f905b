{#- A row of text columns as the text of a JSON object, keys in the order given. -#}
{% macro json_object(names) -%}
    '{'
    {%- for name in names %}
        || '{{ tojson(name) | replace("'", "''") }}:' || {{ json_text(adapter.quote(name | replace('"', '""'))) }}
        {{- " || ','" if not loop.last }}
    {%- endfor %}
        || '}'
{%- endmacro %}
