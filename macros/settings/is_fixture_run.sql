{#-
    Whether this run must give the fixture's expected values: the seeds with every setting at its
    default.
-#}
{% macro is_fixture_run() %}
    {% set changed = [] %}
    {% for name, rule in setting_rules().items() %}
        {% set given = var(name, '__not_given__') %}
        {% if given != '__not_given__' and given != rule.default
            and given | string != fixture_dates().get(name) | string %}
            {% do changed.append(name) %}
        {% endif %}
    {% endfor %}
    {{ return(inputs_are_seeds() and not changed) }}
{% endmacro %}
