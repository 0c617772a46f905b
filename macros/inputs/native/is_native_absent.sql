{#-
    Whether an object of a source may be missing, and is read as if it were empty: absent_inputs names
    it, or all that its rows become or are looked up for is absent.
-#}
{% macro is_native_absent(source, object) %}
    {% if source ~ '.' ~ object in setting('absent_inputs') %}
        {{ return(true) }}
    {% endif %}
    {% set needed = [] %}
    {% set contract = native_objects(source)[object] %}
    {% set feeds = contract.feeds + contract.get('looked_up_for', []) %}
    {% for table in feeds if not is_absent(table) %}
        {% do needed.append(table) %}
    {% endfor %}
    {{ return(feeds | length > 0 and not needed) }}
{% endmacro %}
