{#- Stops the run where a column of the contract is missing from those that a place has. -#}
{% macro check_columns(table, place, columns) %}
    {% set names = columns | map(attribute='name') | list %}
    {% for column in input_columns(table) if column.name not in names %}
        {% do exceptions.raise_compiler_error(
            "Input " ~ table ~ ": " ~ place ~ " has no column " ~ column.name
        ) %}
    {% endfor %}
{% endmacro %}
