{#-
    Whether a model of a source's mapping is to be built: its source is used, and the setting that chooses
    among several places has one of some values; without these, any but `own`.
-#}
{% macro is_rung(source, name, values=none) %}
    {% set value = setting(name) %}
    {% if source not in native_sources() %}
        {{ return(false) }}
    {% elif values is none %}
        {{ return(value is not none and value != 'own') }}
    {% endif %}
    {{ return(value in values) }}
{% endmacro %}
