{#-
    The columns that an input really has: a list of {name, type}, types in lower case. Needs
    execution.
-#}
{% macro relation_columns(table) %}
    {% set columns = [] %}
    {% if is_absent(table) or mapping_of(table) or inputs_are_seeds() %}
        {% set extra = ['native_table', 'native_id'] if mapping_of(table) and not is_absent(table) else [] %}
        {% for name in input_columns(table) | map(attribute='name') | list + extra %}
            {% do columns.append({'name': name, 'type': 'varchar'}) %}
        {% endfor %}
    {% elif setting('input_dir') %}
        {{ return(part_columns(table, input_parts(table))) }}
    {% else %}
        {% for column in adapter.get_columns_in_relation(input_relation(table)) %}
            {% do columns.append({'name': column.name, 'type': column.dtype | lower}) %}
        {% endfor %}
    {% endif %}
    {{ return(columns) }}
{% endmacro %}
