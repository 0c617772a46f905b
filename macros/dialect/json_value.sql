{#- The value of a key of a JSON object, as text; null where there is none. -#}
{% macro json_value(column, key) -%}
    {{ adapter.dispatch('json_value')(column, key) }}
{%- endmacro %}

{% macro default__json_value(column, key) -%}
    json_extract_string({{ column }}, '$."{{ key }}"')
{%- endmacro %}

{% macro postgres__json_value(column, key) -%}
    (cast({{ column }} as jsonb) ->> '{{ key }}')
{%- endmacro %}

{% macro spark__json_value(column, key) -%}
    get_json_object({{ column }}, '$.{{ key }}')
{%- endmacro %}
