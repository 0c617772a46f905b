{#-
    The source whose mapping fills an input, such as salesforce for crm.leads; none where the input
    is a table of the contract itself.
-#}
{% macro mapping_of(table) %}
    {% for source in native_sources() if table in mapped_tables(source) %}
        {{ return(source) }}
    {% endfor %}
    {{ return(none) }}
{% endmacro %}
