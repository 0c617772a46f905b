{#- Texts of a row joined by `|`; one that is not there is blank. -#}
{% macro joined_texts(names, prefix) -%}
    {%- for name in names -%}
        coalesce({{ prefix }}{{ name }}, ''){{ " || '|' || " if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
