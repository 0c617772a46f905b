{#- One warning that names the inputs which do not exist, and what is not measured without them. -#}
{% macro warn_of_absent_inputs() %}
    {% set absent = absent_tables() %}
    {% set kpis = [] %}
    {% for kpi in kpi_catalogue() if kpi.figures[0][0] in figures_not_measured(kpi.kpi) %}
        {% do kpis.append(kpi.kpi) %}
    {% endfor %}
    {% if absent %}
        {% do exceptions.warn(
            "Absent inputs: " ~ absent | join(', ') ~ ". Not measured without them: "
            ~ (kpis | join(', ') or 'none of the KPIs themselves')
        ) %}
    {% endif %}
{% endmacro %}
