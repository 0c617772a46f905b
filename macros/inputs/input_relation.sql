{#-
    What to select an input's raw rows from: a seed, a file or a table of the warehouse. The one
    place where inputs come in.
-#}
{% macro input_relation(table) %}
    {% if inputs_are_seeds() %}
        {{ return(ref('raw_' ~ table | replace('.', '__'))) }}
    {% elif setting('input_schema') %}
        {{ return(api.Relation.create(
            database=setting('input_database') or target.database | default(none),
            schema=setting('input_schema'),
            identifier=table | replace('.', '_')
        )) }}
    {% elif execute %}
        {% set parts = input_parts(table) %}
        {% if setting('input_format') == 'parquet' %}
            {{ return(read_parquet(parts)) }}
        {% endif %}
        {{ return(read_csv(parts, csv_header(table, parts[0]))) }}
    {% endif %}
{% endmacro %}
