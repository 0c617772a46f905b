{#-
    The column of a native table that holds what a mapping asks for: {name, type}, or none.

    wanted: an entry of native_columns(); columns: what the table has, as relation_columns() gives it.
    HubSpot's prefix (`property_`, `properties_`) is no part of a name. The exact name goes before
    other spellings of it.

    Errors: two other spellings.
-#}
{% macro found_column(table, wanted, columns) %}
    {% set prefixes = ['', 'property', 'properties'] if table.startswith('hubspot.') else [''] %}
    {% for name in [wanted.name] + wanted.other_names if name %}
        {% set found, spellings = [], [] %}
        {% for prefix in prefixes %}
            {% do spellings.append(prefix ~ squeezed(name)) %}
        {% endfor %}
        {% for column in columns %}
            {% if column.name == name %}
                {{ return(column) }}
            {% elif squeezed(column.name) in spellings %}
                {% do found.append(column) %}
            {% endif %}
        {% endfor %}
        {% if found | length > 1 %}
            {% do exceptions.raise_compiler_error(
                "Input " ~ table ~ ": " ~ found | map(attribute='name') | join(' and ') ~ " may both be "
                ~ name ~ "; keep one"
            ) %}
        {% elif found %}
            {{ return(found[0]) }}
        {% endif %}
    {% endfor %}
    {{ return(none) }}
{% endmacro %}
