{#- Whether an object of a source is to be read: it is there, or its being missing is an error. -#}
{% macro has_native(source, object) %}
    {% if is_native_absent(source, object) %}
        {{ return(false) }}
    {% endif %}
    {{ return(not native_objects(source)[object].get('is_optional') or native_name(source, object) is not none) }}
{% endmacro %}
