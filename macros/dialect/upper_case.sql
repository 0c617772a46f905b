{#- Upper case by Unicode, whatever the database's language. -#}
{% macro upper_case(text) -%}
    {{ adapter.dispatch('upper_case')(text) }}
{%- endmacro %}

{% macro default__upper_case(text) -%}
    upper({{ text }})
{%- endmacro %}

{#- DuckDB makes one capital of the sharp s, elsewhere it becomes SS. -#}
{% macro duckdb__upper_case(text) -%}
    upper(replace({{ text }}, 'ß', 'ss'))
{%- endmacro %}

{#- The database's own rules may know ASCII alone. -#}
{% macro postgres__upper_case(text) -%}
    upper({{ text }} collate "und-x-icu")
{%- endmacro %}
