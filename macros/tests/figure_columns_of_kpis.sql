{#-
    The columns of every KPI's contract after the period and the dimension, as (kpi, place, column).

    While the project is parsed the contracts are not known yet; one that is none stands in.
-#}
{% macro figure_columns_of_kpis() %}
    {% set columns = [('', 0, '')] if not execute else [] %}
    {% for entry in kpi_catalogue() if execute %}
        {% set names = graph.nodes['model.sales_kpis.kpi_' ~ entry.kpi].columns | list %}
        {% for name in names[6:] %}
            {% do columns.append((entry.kpi, loop.index, name)) %}
        {% endfor %}
    {% endfor %}
    {{ return(columns) }}
{% endmacro %}
