{#-
    What to select an input's raw rows from: a seed, a file or a table of the warehouse.

    Files are read by position with the names of their own header, never sniffed: a sniffer may take another
    delimiter, skip a line or rename a column.
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
    {% elif not execute %}
        {{ return('') }}
    {% endif %}
    {% set columns = [] %}
    {% for name in csv_header(table) %}
        {% do columns.append("'" ~ name | replace("'", "''") ~ "': 'varchar'") %}
    {% endfor %}
    {{ return(
        "read_csv('" ~ input_file(table) ~ "', auto_detect = false, header = true, delim = ',', quote = '\"', "
        ~ "escape = '\"', max_line_size = 16777216, columns = {" ~ columns | join(', ') ~ "})"
    ) }}
{% endmacro %}
