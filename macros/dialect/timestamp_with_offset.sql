{#- The UTC timestamp of a text with an offset; null where there is no such day. -#}
{% macro timestamp_with_offset(text) -%}
    timezone('UTC', {{ cast_or_null(text, 'timestamptz') }})
{%- endmacro %}
