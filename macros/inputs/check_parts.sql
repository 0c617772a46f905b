{#- Stops the run at the first file of an input that is missing or not like the contract. -#}
{% macro check_parts(table) %}
    {% set parts = input_parts(table) %}
    {% set first = {'part': parts[0], 'columns': part_columns(table, [parts[0]])} %}
    {% for part in parts %}
        {% set columns = part_columns(table, [part]) %}
        {% do check_columns(table, part, columns) %}
        {% do check_same_columns(table, first, {'part': part, 'columns': columns}) %}
        {% if setting('input_format') == 'csv' %}
            {% do check_csv_width(table, part, columns | map(attribute='name') | list) %}
        {% endif %}
    {% endfor %}
{% endmacro %}
