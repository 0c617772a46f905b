{#- The systems whose own exports are the inputs: what crm_source and hr_source name. -#}
{% macro native_sources() %}
    {% set sources = [] %}
    {% for name in ('crm_source', 'hr_source') if setting(name) %}
        {% do sources.append(setting(name)) %}
    {% endfor %}
    {{ return(sources) }}
{% endmacro %}
