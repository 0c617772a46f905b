{#-
    A cast that gives null where the text is of the right form and still no value, such as 30
    February.
-#}
{% macro cast_or_null(text, type) -%}
    {{ adapter.dispatch('cast_or_null')(text, type) }}
{%- endmacro %}

{% macro default__cast_or_null(text, type) -%}
    try_cast({{ text }} as {{ type }})
{%- endmacro %}
