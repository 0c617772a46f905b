{#-
    Stops the run at a row of a CSV file that has more or fewer fields than its header; a quote that
    is never closed makes one, too.

    The reading that loads the file takes a row with blank fields too many without a word, and it
    fails in the middle of the build. So rows are looked for here, with one column more than the
    header names and a null for each field that is not there.

    header: the file's column names.
-#}
{% macro check_csv_width(table, part, header) %}
    {% set places = range(header | length) | list %}
    {% set wrong_rows = run_query('select "0" from ' ~ read_csv([part], places + ['beyond'], {
        'null_padding': 'true',
        'nullstr': "'(no such field in this row)'",
        'parallel': 'false',
    }) ~ " where beyond is not null or \"" ~ places[-1] ~ "\" is null limit 1") %}
    {% set first_row = run_query(
        "select * from " ~ read_csv([part], places, {'parallel': 'false'}) ~ " limit 1"
    ) %}
    {# a reader takes a blank first line for the header, and the header for a row #}
    {% if first_row.rows and first_row.rows[0].values() | list == header %}
        {% do exceptions.raise_compiler_error(
            "Input " ~ table ~ ": " ~ part ~ " does not begin with its header: the"
            ~ " first line is blank, or the header stands twice"
        ) %}
    {% endif %}
    {% if wrong_rows.rows %}
        {% do exceptions.raise_compiler_error(
            "Input " ~ table ~ ": " ~ part ~ " has a row whose number of fields is"
            ~ " not the header's; it begins with " ~ wrong_rows.rows[0][0]
        ) %}
    {% endif %}
{% endmacro %}
