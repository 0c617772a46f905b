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
    {{ return(not contract.get('is_optional') or native_name(source, object) is not none) }}
{% endmacro %}
