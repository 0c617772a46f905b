{#-
    Stops the run at a row of a CSV file that has more or fewer fields than its header; a quote that
    is never closed makes one, too. How many rows each file has is kept in staging.csv_row_counts,
    for the books of input_row_counts: counted here, by another reading than the one that loads them.

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
        {% set is_wrong = '(beyond is not null or "' ~ places[-1] ~ '" is null)' %}
        {% do statements.append(
            "select " ~ loop.index0 ~ " as part, count(*) as row_count, count(*) filter (where "
            ~ is_wrong ~ ') as wrong_rows, first("0") filter (where ' ~ is_wrong ~ ") as first_field from "
            ~ read_csv([part.part], places + ['beyond'], {
                'null_padding': 'true',
                'nullstr': "'(no such field in this row)'",
                'parallel': 'false',
            })
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

    {% set counts = [] %}
    {% for row in run_query(statements | join(' union all ') ~ ' order by part').rows %}
        {% set part = parts[row[0] | int] %}
        {% if row[2] > 0 %}
            {% do exceptions.raise_compiler_error(
                "Input " ~ part.table ~ ": " ~ part.part ~ " has a row whose number of fields is"
                ~ " not the header's; it begins with " ~ row[3]
            ) %}
        {% endif %}
        {% do counts.append("('" ~ part.table ~ "', " ~ row[1] | int ~ ")") %}
    {% endfor %}
    {% do run_query("create schema if not exists staging") %}
    {% do run_query(
        "create or replace table " ~ csv_row_counts() ~ " as select * from (values "
        ~ counts | join(', ') ~ ") as counts (source_table, row_count)"
    ) %}
{% endmacro %}
