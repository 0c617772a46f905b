{#-
    The path of an input's file: FOLDER/crm/leads.csv for the table crm.leads; for a source's object the
    file there in any spelling.
-#}
{% macro input_file(table) %}
    {% set system, name = table.split('.') %}
    {% set name = native_name(system, name) or name if system in native_sources() else name %}
    {{ return(setting('input_dir').rstrip('/') ~ '/' ~ system ~ '/' ~ name ~ '.' ~ setting('input_format')) }}
{% endmacro %}
