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
    {% elif setting('input_dir') and setting('input_format') == 'parquet' %}
        {% for row in run_query("describe select * from " ~ input_relation(table)).rows %}
            {% do columns.append({'name': row[0], 'type': row[1] | lower}) %}
        {% endfor %}
    {% elif setting('input_dir') %}
        {% for name in csv_header(table) %}
            {% do columns.append({'name': name, 'type': 'varchar'}) %}
        {% endfor %}
    {% else %}
        {% for column in input_columns(table) %}
            {% do columns.append({'name': column.name, 'type': 'varchar'}) %}
        {% endfor %}
    {% endif %}
    {{ return(columns) }}
{% endmacro %}
