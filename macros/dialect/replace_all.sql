{#- Every match of a regular expression replaced; pattern and replacement are plain texts. -#}
{% macro replace_all(text, pattern, replacement) -%}
    {{ adapter.dispatch('replace_all')(text, pattern, replacement) }}
{%- endmacro %}

{% macro default__replace_all(text, pattern, replacement) -%}
    regexp_replace({{ text }}, '{{ pattern }}', '{{ replacement }}', 'g')
{%- endmacro %}
