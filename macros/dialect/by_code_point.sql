{#-
    A text to order by, so that its order is that of its code points whatever the database's
    language.
-#}
{% macro by_code_point(text) -%}
    {{ adapter.dispatch('by_code_point')(text) }}
{%- endmacro %}

{% macro default__by_code_point(text) -%}
    {{ text }}
{%- endmacro %}

{% macro postgres__by_code_point(text) -%}
    {{ text }} collate "C"
{%- endmacro %}
