{#-
    The columns of an input's table: a list of {name, type, code, is_key, is_required}, in the
    contract's order.
-#}
{% macro input_columns(table) %}
    {% set columns = [] %}
    {% for name, mark in input_tables()[table].items() %}
        {% set type = modules.re.sub('[!*]', '', mark).split(':')[0] %}
        {% do columns.append({
            'name': name,
            'type': type,
            'code': mark.split(':')[1] if ':' in mark else name,
            'is_key': '!' in mark,
            'is_required': '!' in mark or '*' in mark,
        }) %}
    {% endfor %}
    {{ return(columns) }}
{% endmacro %}
