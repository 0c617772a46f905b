{#-
    What to select an input's raw rows from: a seed, a file or a table of the warehouse. The one
    place where inputs come in.
-#}
{% macro input_relation(table) %}
    {% if inputs_are_seeds() %}
        {{ return(ref('raw_' ~ table | replace('.', '__'))) }}
    {% elif setting('input_schema') %}
        {{ return(api.Relation.create(
            database=setting('input_database') or target.database,
            schema=setting('input_schema'),
            identifier=table | replace('.', '_')
        )) }}
    {% elif setting('input_format') == 'parquet' %}
        {{ return("read_parquet('" ~ input_file(table) ~ "')") }}
    {% elif execute %}
        {{ return(read_csv(table, csv_header(table))) }}
    {% endif %}
{% endmacro %}
