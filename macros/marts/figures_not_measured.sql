{#- The figures of a KPI that rest on an absent input: a list of columns. -#}
{% macro figures_not_measured(kpi) %}
    {% set columns = [] %}
    {% for entry in kpi_catalogue() if entry.kpi == kpi %}
        {% for figures, inputs in entry.rests_on.items() %}
            {% for alternatives in inputs %}
                {% set there = [] %}
                {% for table in alternatives.split(' or ') if not is_absent(table) %}
                    {% do there.append(table) %}
                {% endfor %}
                {% for figure in entry.figures if not there and figures in ('*', figure[0]) or not there and figure[0] in figures.split() %}
                    {% do columns.append(figure[0]) if figure[0] not in columns %}
                {% endfor %}
            {% endfor %}
        {% endfor %}
    {% endfor %}
    {{ return(columns) }}
{% endmacro %}
