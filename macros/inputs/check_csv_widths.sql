{#-
    Stops the run at a row of a CSV file that has more or fewer fields than its header; a quote that
    is never closed makes one, too.

    The reading that loads a file takes a row with blank fields too many without a word, and it
    fails in the middle of the build. So rows are looked for here, with one column more than the
    header names and a null for each field that is not there. In one statement, so that files are
    read side by side: one that may hold quoted line ends cannot be read by two threads.

    parts: a list of {table, part, header}: the input, the file, its column names.
-#}
{% macro check_csv_widths(parts) %}
    {% set statements = [] %}
    {% for part in parts %}
        {% set places = range(part.header | length) | list %}
        {% do statements.append(
            "(select " ~ loop.index0 ~ ' as part, "0" as first_field from '
            ~ read_csv([part.part], places + ['beyond'], {
                'null_padding': 'true',
                'nullstr': "'(no such field in this row)'",
                'parallel': 'false',
            }) ~ ' where beyond is not null or "' ~ places[-1] ~ '" is null limit 1)'
        ) %}
        {% set first_row = run_query(
            "select * from " ~ read_csv([part.part], places, {'parallel': 'false'}) ~ " limit 1"
        ) %}
        {# a reader takes a blank first line for the header, and the header for a row #}
        {% if first_row.rows and first_row.rows[0].values() | list == part.header %}
            {% do exceptions.raise_compiler_error(
                "Input " ~ part.table ~ ": " ~ part.part ~ " does not begin with its header: the"
                ~ " first line is blank, or the header stands twice"
            ) %}
        {% endif %}
    {% endfor %}
    {% for row in run_query(statements | join(' union all ') ~ ' order by part limit 1').rows %}
        {% set part = parts[row[0] | int] %}
        {% do exceptions.raise_compiler_error(
            "Input " ~ part.table ~ ": " ~ part.part ~ " has a row whose number of fields is"
            ~ " not the header's; it begins with " ~ row[1]
        ) %}
    {% endfor %}
{% endmacro %}
