{#- A text as a JSON value. -#}
{% macro json_text(column) -%}
    coalesce(cast(to_json({{ column }}) as varchar), 'null')
{%- endmacro %}
