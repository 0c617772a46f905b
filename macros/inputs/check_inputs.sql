{#-
    Stops the run with one line for the first input file, table or column that is missing.

    Runs before the first model, so that a missing file is one error and not the failure of all
    that needs it.
-#}
{% macro check_inputs() %}
    {% if execute and flags.WHICH in ['build', 'run', 'test', 'compile', 'show'] and not inputs_are_seeds() %}
        {% for table in input_tables() %}
            {% if setting('input_dir') %}
                {% set place = input_file(table) %}
                {% if not run_query("select 1 from glob('" ~ place ~ "')").rows %}
                    {% do exceptions.raise_compiler_error("Input " ~ table ~ ": there is no file " ~ place) %}
                {% endif %}
            {% else %}
                {% set relation = input_relation(table) %}
                {% set place = relation.render() %}
                {% if load_relation(relation) is none %}
                    {% do exceptions.raise_compiler_error("Input " ~ table ~ ": there is no table " ~ place) %}
                {% endif %}
            {% endif %}
            {% set names = relation_columns(table) | map(attribute='name') | list %}
            {% for column in input_columns(table) if column.name not in names %}
                {% do exceptions.raise_compiler_error(
                    "Input " ~ table ~ ": " ~ place ~ " has no column " ~ column.name
                ) %}
            {% endfor %}
            {% if setting('input_dir') and setting('input_format') == 'csv' %}
                {% do check_csv_width(table) %}
            {% endif %}
        {% endfor %}
    {% endif %}
{% endmacro %}
