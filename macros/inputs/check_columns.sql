{#- Stops the run where a column of the contract, or one that a mapping needs, is missing from those that a place has. -#}
{% macro check_columns(table, place, columns) %}
    {% set source, object = table.split('.') %}
    {% set names = columns | map(attribute='name') | list %}
    {% if source in native_sources() %}
        {% for column in native_columns(source, object) if column.is_required %}
            {% if not found_column(table, column, columns) and 'properties' not in names %}
                {% do exceptions.raise_compiler_error(
                    "Input " ~ table ~ ": " ~ place ~ " has no column " ~ column.name
                    ~ (", which the setting fields names" if column.name in setting('fields').values() else "")
                ) %}
            {% endif %}
        {% endfor %}
    {% else %}
        {% for column in input_columns(table) if column.name not in names %}
            {% do exceptions.raise_compiler_error(
                "Input " ~ table ~ ": " ~ place ~ " has no column " ~ column.name
            ) %}
        {% endfor %}
    {% endif %}
{% endmacro %}
