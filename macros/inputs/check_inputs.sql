{#-
    Stops the run with one line for the first input file, table or column that is missing, and warns
    once of inputs that are said to be absent.

    Runs before the first model, so that a missing file is one error and not the failure of all
    that needs it.
-#}
{% macro check_inputs() %}
    {% if execute and flags.WHICH in ['build', 'run', 'test', 'compile', 'show'] %}
        {% do warn_of_absent_inputs() %}
        {% set parts = [] %}
        {% for table in places_to_read() if not inputs_are_seeds() %}
            {% if setting('input_dir') %}
                {% do parts.extend(check_parts(table)) %}
            {% else %}
                {% set relation = input_relation(table) %}
                {% if load_relation(relation) is none %}
                    {% do exceptions.raise_compiler_error(
                        "Input " ~ table ~ ": there is no table " ~ relation.render() ~ absent_hint()
                    ) %}
                {% endif %}
                {% do check_columns(table, relation.render(), relation_columns(table)) %}
            {% endif %}
        {% endfor %}
        {# other commands read no rows #}
        {% if parts and setting('input_format') == 'csv' and flags.WHICH in ['build', 'run'] %}
            {% do check_csv_widths(parts) %}
        {% endif %}
    {% endif %}
{% endmacro %}
