{#-
    Stops the run at a row of a CSV file that has more fields than the header.

    The reading that loads the file takes such a row without a word if the fields behind the last
    are blank, so they are looked for here, with one column more than the header names.
-#}
{% macro check_csv_width(table) %}
    {% set places = range(csv_header(table) | length) | list %}
    {% set wide_rows = run_query('select "0" from ' ~ read_csv(table, places + ['beyond'], {
        'null_padding': 'true',
        'nullstr': "'no such field'",
        'parallel': 'false',
    }) ~ " where beyond is not null limit 1") %}
    {% if wide_rows.rows %}
        {% do exceptions.raise_compiler_error(
            "Input " ~ table ~ ": " ~ input_file(table) ~ " has a row with more fields than the"
            ~ " header; it begins with " ~ wide_rows.rows[0][0]
        ) %}
    {% endif %}
{% endmacro %}
