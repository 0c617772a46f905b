{#- Lower case by Unicode, with both Turkish capitals I as i whatever the database's language. -#}
{% macro lower_case(text) -%}
    {{ adapter.dispatch('lower_case')(text) }}
{%- endmacro %}

{% macro default__lower_case(text) -%}
    lower(translate({{ text }}, 'İI', 'ii'))
{%- endmacro %}
