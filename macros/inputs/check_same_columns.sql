{#-
    Stops the run where a part of an input has other columns than its first part.

    CSV parts are read by position, so their headers must be the same to the letter. Parquet parts
    are read by name; there a column of two types would be cast before it is judged.

    first, other: {part, columns} of the two.
-#}
{% macro check_same_columns(table, first, other) %}
    {% set complaint = "Input " ~ table ~ ": " ~ first.part ~ " and " ~ other.part ~ " differ: " %}
    {% if setting('input_format') == 'parquet' %}
        {% set types = {} %}
        {% for column in first.columns %}
            {% do types.update({column.name: column.type}) %}
        {% endfor %}
        {% for column in other.columns if column.type != types.get(column.name, column.type) %}
            {% do exceptions.raise_compiler_error(
                complaint ~ column.name ~ " is " ~ types[column.name] ~ " in the first and "
                ~ column.type ~ " in the second"
            ) %}
        {% endfor %}
    {% else %}
        {% for place in range([first.columns | length, other.columns | length] | max) %}
            {% set names = [] %}
            {% for columns in (first.columns, other.columns) %}
                {% set is_there = place < columns | length %}
                {% do names.append(columns[place].name if is_there else 'missing') %}
            {% endfor %}
            {% if names[0] != names[1] %}
                {% do exceptions.raise_compiler_error(
                    complaint ~ "column " ~ (place + 1) ~ " is " ~ names[0] ~ " in the first and "
                    ~ names[1] ~ " in the second"
                ) %}
            {% endif %}
        {% endfor %}
    {% endif %}
{% endmacro %}
