{#-
    Whether an object of a source is to be read under the settings: it is there, or its being missing is
    an error. Needs execution.
-#}
{% macro has_native(source, object) %}
    {% set contract = native_objects(source)[object] %}
    {% for name, values in contract.get('rungs', {}).items() if setting(name) not in values %}
        {{ return(false) }}
    {% endfor %}
    {% if is_native_absent(source, object) %}
        {{ return(false) }}
    {% endif %}
    {% if contract.get('is_optional') and native_name(source, object) is none %}
        {% set other = contract.get('needed_with') %}
        {{ return(other is not none and native_name(source, other) is not none) }}
    {% endif %}
    {{ return(true) }}
{% endmacro %}
