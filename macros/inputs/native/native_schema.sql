{#- The schema of the warehouse in which a source's tables are, as a relation without a name. -#}
{% macro native_schema(source) %}
    {% set system = 'crm' if setting('crm_source') == source else 'hr' %}
    {{ return(api.Relation.create(
        database=setting('input_database') or target.database | default(none),
        schema=setting(system ~ '_schema') or setting('input_schema')
    )) }}
{% endmacro %}
