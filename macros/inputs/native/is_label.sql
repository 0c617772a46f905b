{#- Whether a native label is one of a list of labels, which are cleaned as a setting's are; blank is none. -#}
{% macro is_label(text, labels) -%}
    coalesce({{ clean_code(clean_text(text)) }} in {{ sql_list(labels) }}, false)
{%- endmacro %}
