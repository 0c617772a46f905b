{#-
    Behind `as` of a CTE: not to be kept as a whole, however often it is read. DuckDB and PostgreSQL
    would keep one that is read twice.
-#}
{% macro inlined() -%}
    {{ adapter.dispatch('inlined')() }}
{%- endmacro %}

{% macro default__inlined() -%}
    not materialized
{%- endmacro %}

{% macro spark__inlined() -%}
{%- endmacro %}
