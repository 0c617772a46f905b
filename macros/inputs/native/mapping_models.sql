{#- The models that a run's mappings fill inputs with: a list of {source, model}. -#}
{% macro mapping_models() %}
    {% set models = [] %}
    {% for source in native_sources() %}
        {% for table in mapped_tables(source) %}
            {% do models.append({'source': source, 'model': source ~ '__' ~ table.split('.')[1]}) %}
        {% endfor %}
    {% endfor %}
    {{ return(models) }}
{% endmacro %}
