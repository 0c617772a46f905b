{#-
    What is read from the user's files or schema: the inputs that no mapping fills and that are not
    absent, and of the sources those objects that are there, or whose being missing is an error
    (`salesforce.Lead`). Needs execution.
-#}
{% macro places_to_read() %}
    {% set places = [] %}
    {% for table in input_tables() if not mapping_of(table) and not is_absent(table) %}
        {% do places.append(table) %}
    {% endfor %}
    {% for source in native_sources() %}
        {% for object in native_objects(source) if has_native(source, object) %}
            {% do places.append(source ~ '.' ~ object) %}
        {% endfor %}
    {% endfor %}
    {{ return(places) }}
{% endmacro %}
