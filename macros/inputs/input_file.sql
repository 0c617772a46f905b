{#- The path of an input's file: FOLDER/crm/leads.csv for the table crm.leads. -#}
{% macro input_file(table) %}
    {{ return(setting('input_dir').rstrip('/') ~ '/' ~ table | replace('.', '/') ~ '.' ~ setting('input_format')) }}
{% endmacro %}
