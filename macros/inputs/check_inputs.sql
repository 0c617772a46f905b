{#-
    Stops the run with one line for the first input file, table or column that is missing.

    Runs before the first model, so that a missing file is one error and not the failure of all
    that needs it.
-#}
{% macro check_inputs() %}
    {% if execute and flags.WHICH in ['build', 'run', 'test', 'compile', 'show'] and not inputs_are_seeds() %}
        {% set parts = [] %}
        {% for table in input_tables() %}
            {% if setting('input_dir') %}
                {% do parts.extend(check_parts(table)) %}
            {% else %}
                {% set relation = input_relation(table) %}
                {% set place = relation.render() %}
                {% if load_relation(relation) is none %}
                    {% do exceptions.raise_compiler_error("Input " ~ table ~ ": there is no table " ~ place) %}
                {% endif %}
                {% do check_columns(table, place, relation_columns(table)) %}
            {% endif %}
        {% endfor %}
        {# other commands read no rows #}
        {% if parts and setting('input_format') == 'csv' and flags.WHICH in ['build', 'run'] %}
            {% do check_csv_widths(parts) %}
        {% endif %}
    {% endif %}
{% endmacro %}
