{#- Whether a flag that is a text says yes; blank says no. -#}
{% macro is_true(text) -%}
    coalesce(lower({{ text }}) in ('true', '1', 't', 'yes'), false)
{%- endmacro %}
