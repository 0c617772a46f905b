{#- The inputs that do not exist, in the contract's order. -#}
{% macro absent_tables() %}
    {% set absent = [] %}
    {% for table in input_tables() if is_absent(table) %}
        {% do absent.append(table) %}
    {% endfor %}
    {{ return(absent) }}
{% endmacro %}
