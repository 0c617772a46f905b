{#- Whether a text as a whole matches a regular expression. -#}
{% macro matches(text, pattern) -%}
    {{ adapter.dispatch('matches')(text, pattern) }}
{%- endmacro %}

{% macro default__matches(text, pattern) -%}
    {{ text }} ~ '^({{ pattern }})$'
{%- endmacro %}

{% macro duckdb__matches(text, pattern) -%}
    regexp_full_match({{ text }}, '{{ pattern }}')
{%- endmacro %}

{#- A dollar sign matches before a last line end, too, there. -#}
{% macro spark__matches(text, pattern) -%}
    {{ text }} rlike r'^({{ pattern }})\z'
{%- endmacro %}
