{#-
    Stops the run at a row of a CSV file that has more fields than the header.

    The reader that loads the file takes such a row without a word if the fields behind the last are blank, so
    they are looked for here, with one column more than the header names.
-#}
{% macro check_csv_width(table) %}
    {% set columns = [] %}
    {% for name in csv_header(table) %}
        {% do columns.append("'" ~ loop.index ~ "': 'varchar'") %}
    {% endfor %}
    {% set wide_rows = run_query(
        "select \"1\" from read_csv('" ~ input_file(table) ~ "', auto_detect = false, header = true, "
        ~ "delim = ',', quote = '\"', escape = '\"', null_padding = true, parallel = false, "
        ~ "nullstr = 'no such field', max_line_size = 16777216, "
        ~ "columns = {" ~ columns | join(', ') ~ ", 'beyond': 'varchar'}) where beyond is not null limit 1"
    ) %}
    {% if wide_rows.rows %}
        {% do exceptions.raise_compiler_error(
            "Input " ~ table ~ ": " ~ input_file(table) ~ " has a row with more fields than the header; it begins "
            ~ "with " ~ wide_rows.rows[0][0]
        ) %}
    {% endif %}
{% endmacro %}
