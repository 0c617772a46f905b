{#- The first text of a group by code point, whatever the database's language. -#}
{% macro first_text(text) -%}
    {{ adapter.dispatch('first_text')(text) }}
{%- endmacro %}

{% macro default__first_text(text) -%}
    min({{ text }})
{%- endmacro %}

{#- An order would stay with the value there, and quarrel with another's. -#}
{% macro postgres__first_text(text) -%}
    min({{ text }} collate "C") collate "default"
{%- endmacro %}
