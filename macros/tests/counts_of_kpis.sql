{#-
    Every count of every KPI, as (kpi, column): the columns that the KPI's contract calls bigint.

    While the project is parsed the contracts are not known yet; a pair per KPI stands in, for its
    ref.
-#}
{% macro counts_of_kpis() %}
    {% set counts = [] %}
    {% for entry in kpi_catalogue() %}
        {% if not execute %}
            {% do counts.append((entry.kpi, entry.figures[0][0])) %}
        {% else %}
            {% set columns = graph.nodes['model.sales_kpis.kpi_' ~ entry.kpi].columns %}
            {% for name, column in columns.items() if column.data_type == 'bigint' %}
                {% do counts.append((entry.kpi, name)) %}
            {% endfor %}
        {% endif %}
    {% endfor %}
    {{ return(counts) }}
{% endmacro %}
