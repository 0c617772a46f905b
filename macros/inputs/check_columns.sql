{#- Stops the run where a column of the contract, or one that a mapping needs, is missing from those that a place has. -#}
{% macro check_columns(table, place, columns) %}
    {% set source, object = table.split('.') %}
    {% set names = columns | map(attribute='name') | list %}
    {% if source in native_sources() %}
        {% for column in native_columns(source, object) if column.is_required %}
            {% if not found_column(table, column, columns) and 'properties' not in names %}
                {% do exceptions.raise_compiler_error(
                    "Input " ~ table ~ ": " ~ place ~ " has no column " ~ column.name
                    ~ (", which the setting fields names" if column.field in setting('fields')
                    else "; the setting fields names another for " ~ column.field if column.field else "")
                ) %}
            {% endif %}
        {% endfor %}
        {% set wanted = native_objects(source)[object].get('one_of', []) %}
        {% set found = [] %}
        {% for column in native_columns(source, object) if column.name in wanted %}
            {% do found.append(column.name) if found_column(table, column, columns) or 'properties' in names %}
        {% endfor %}
        {% if wanted and not found %}
            {% do exceptions.raise_compiler_error(
                "Input " ~ table ~ ": " ~ place ~ " has none of the columns " ~ wanted | join(', ')
                ~ "; " ~ native_objects(source)[object].one_of_because
            ) %}
        {% endif %}
    {% else %}
        {% for column in input_columns(table) if column.name not in names %}
            {% do exceptions.raise_compiler_error(
                "Input " ~ table ~ ": " ~ place ~ " has no column " ~ column.name
            ) %}
        {% endfor %}
    {% endif %}
{% endmacro %}
