{#-
    Stops the run at the first file of an input that is missing or not like the contract. The files,
    a list of {table, part, header}, are returned; their rows are not looked at.
-#}
{% macro check_parts(table) %}
    {% set parts = input_parts(table) %}
    {% set first = {'part': parts[0], 'columns': part_columns(table, [parts[0]])} %}
    {% set checked = [] %}
    {% for part in parts %}
        {% set columns = part_columns(table, [part]) %}
        {% do check_columns(table, part, columns) %}
        {% do check_same_columns(table, first, {'part': part, 'columns': columns}) %}
        {% do checked.append({
            'table': table, 'part': part, 'header': columns | map(attribute='name') | list
        }) %}
    {% endfor %}
    {{ return(checked) }}
{% endmacro %}
