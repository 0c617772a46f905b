{#-
    Stops the run at the first file of an input that is missing or not like the contract. The files,
    a list of {table, part, header}, are returned; their rows are not looked at.
-#}
{% macro check_parts(table) %}
    {% set first = {} %}
    {% set checked = [] %}
    {% for part in input_parts(table) %}
        {% set columns = part_columns(table, [part]) %}
        {% do check_columns(table, part, columns) %}
        {% if loop.first %}
            {% do first.update({'part': part, 'columns': columns}) %}
        {% else %}
            {% do check_same_columns(table, first, {'part': part, 'columns': columns}) %}
        {% endif %}
        {% do checked.append({
            'table': table, 'part': part, 'header': columns | map(attribute='name') | list
        }) %}
    {% endfor %}
    {{ return(checked) }}
{% endmacro %}
