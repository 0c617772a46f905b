{#-
    The statement after a table has been built that tells the planner what is in it.

    PostgreSQL plans the joins of a table that nobody has analyzed as if it had a few rows, and its own
    daemon comes by once a minute: 100,000 leads then took over ten minutes instead of seconds. The
    others know their tables' sizes.
-#}
{% macro gather_statistics() %}
    {{ return(adapter.dispatch('gather_statistics', 'sales_kpis')()) }}
{% endmacro %}

{% macro default__gather_statistics() %}
{% endmacro %}

{% macro postgres__gather_statistics() %}
    {% if model.config.materialized == 'table' %}analyze {{ this }}{% endif %}
{% endmacro %}
