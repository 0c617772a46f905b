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
        {% set fed = [] %}
        {% for object, contract in native_objects(source).items() if has_native(source, object) %}
            {% if contract.get('instead_of') and has_native(source, contract.instead_of) %}
                {% do exceptions.raise_compiler_error(
                    "Input " ~ contract.feeds[0] ~ ": of " ~ source ~ " there are both " ~ contract.instead_of ~ " and "
                    ~ object ~ "; say with the setting absent_inputs which is not to be read"
                ) %}
            {% endif %}
            {% do places.append(source ~ '.' ~ object) %}
            {% do fed.extend(contract.feeds) %}
        {% endfor %}
        {# an object that may be missing is one of several from which an input may come #}
        {% for table in mapped_tables(source) if not is_absent(table) %}
            {% set objects = [] %}
            {% for object, contract in native_objects(source).items() if table in contract.feeds and contract.is_optional %}
                {% do objects.append(object) %}
            {% endfor %}
            {% if objects and table not in fed %}
                {% do exceptions.raise_compiler_error(
                    "Input " ~ table ~ ": of " ~ source ~ " there is none of " ~ objects | join(', ') ~ absent_hint()
                ) %}
            {% endif %}
        {% endfor %}
    {% endfor %}
    {{ return(places) }}
{% endmacro %}
