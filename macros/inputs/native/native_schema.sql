{#-
    The schema of the warehouse in which a source's tables are, as a relation without a name. An ERP's are
    with the tables of the contract.
-#}
{% macro native_schema(source) %}
    {% set schemas = {setting('crm_source'): setting('crm_schema'), setting('hr_source'): setting('hr_schema')} %}
    {{ return(api.Relation.create(
        database=setting('input_database') or target.database | default(none),
        schema=schemas.get(source) or setting('input_schema')
    )) }}
{% endmacro %}
