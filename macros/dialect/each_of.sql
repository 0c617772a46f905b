{#- A row for each part of a text of ids that `;` separates, to be selected; null gives no row. -#}
{% macro each_of(text) -%}
    {{ adapter.dispatch('each_of')(text) }}
{%- endmacro %}

{% macro default__each_of(text) -%}
    regexp_split_to_table(replace({{ text }}, ' ', ''), ';')
{%- endmacro %}

{% macro spark__each_of(text) -%}
    explode(split(replace({{ text }}, ' ', ''), ';'))
{%- endmacro %}
