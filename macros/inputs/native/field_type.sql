{#- The type of a field, `accounts.segment`: its column's in the contract of the inputs; else text. -#}
{% macro field_type(field) %}
    {% for table in input_tables() if table.split('.')[1] == field.split('.')[0] %}
        {% for column in input_columns(table) if column.name == field.split('.')[1] %}
            {% if column.type in ['date', 'stamp', 'number'] %}
                {{ return(column.type) }}
            {% endif %}
        {% endfor %}
    {% endfor %}
    {# the number of an employee is none of the CRM's own ids #}
    {{ return('id' if field.endswith('_id') and not field.endswith('.employee_id') else 'text') }}
{% endmacro %}
