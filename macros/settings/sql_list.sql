{#- A list of labels as an SQL list of literals, for `in`. -#}
{% macro sql_list(labels) -%}
    (
    {%- for label in labels -%}
        '{{ label | replace("'", "''") }}'{{ ", " if not loop.last }}
    {%- endfor -%}
    )
{%- endmacro %}
