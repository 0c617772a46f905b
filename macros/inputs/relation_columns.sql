{#-
    The columns that an input really has: a list of {name, type}, types in lower case. Needs
    execution.
-#}
{% macro relation_columns(table) %}
    {% set columns = [] %}
    {% if setting('input_schema') %}
        {% for column in adapter.get_columns_in_relation(input_relation(table)) %}
            {% do columns.append({'name': column.name, 'type': column.dtype | lower}) %}
        {% endfor %}
    {% elif setting('input_dir') %}
        {{ return(part_columns(table, input_parts(table))) }}
    {% else %}
        {% for column in input_columns(table) %}
            {% do columns.append({'name': column.name, 'type': 'varchar'}) %}
        {% endfor %}
    {% endif %}
    {{ return(columns) }}
{% endmacro %}
