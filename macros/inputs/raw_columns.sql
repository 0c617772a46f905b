{#-
    The columns that an input really has: a list of {name, type, alias}. The alias is what staging
    calls the raw value: raw_<column> for those of the contract, extra_<number> for others.
-#}
{% macro raw_columns(table) %}
    {% set names = input_columns(table) | map(attribute='name') | list %}
    {% set columns = [] %}
    {% for column in (relation_columns(table) if execute else []) %}
        {% set alias = 'raw_' ~ column.name if column.name in names else 'extra_' ~ loop.index %}
        {% do columns.append({'name': column.name, 'type': column.type, 'alias': alias}) %}
    {% endfor %}
    {{ return(columns) }}
{% endmacro %}
