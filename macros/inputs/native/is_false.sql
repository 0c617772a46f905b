{#- Whether a flag that is a text says no; blank, or no such column, does not. -#}
{% macro is_false(text) -%}
    coalesce(lower({{ text }}) in ('false', '0', 'f', 'no'), false)
{%- endmacro %}
