{#-
    Stops the run at a row of a CSV file that has more or fewer fields than its header; a quote that
    is never closed makes one, too. How many rows each file has is kept in staging.csv_row_counts,
    for the books of input_row_counts: counted here, by another reading than the one that loads them.

    The reading that loads a file takes a row with blank fields too many without a word, and it
    fails in the middle of the build. A file without a quote is looked at line by line, which is
    quick; one with quotes is read with one column more than the header names and a null for each
    field that is not there, which takes one thread for each file.

    parts: a list of {table, part, header}: the input, the file, its column names.
-#}
{% macro check_csv_widths(parts) %}
    {% set lines_of_parts = [] %}
    {% for part in parts %}
        {% set right_width = '%' ~ ',%' * (part.header | length - 1) %}
        {% do lines_of_parts.append(
            "select " ~ loop.index0 ~ " as part, count(line) - 1 as row_count, bool_and(line like '"
            ~ right_width ~ "' and line not like '" ~ right_width ~ ",%' and not contains(line, '\"')) as is_plain"
            ~ " from " ~ read_csv([part.part], ['line'], {
                'header': 'false',
                'delim': "'\x01\x02\x03\x04'",
                'quote': "''",
                'escape': "''",
                'strict_mode': 'false',
            })
        ) %}
        {% set first_row = run_query("select * from " ~ read_csv(
            [part.part], range(part.header | length), {'parallel': 'false'}
        ) ~ " limit 1") %}
        {# a reader takes a blank first line for the header, and the header for a row #}
        {% if first_row.rows and first_row.rows[0].values() | list == part.header %}
            {% do exceptions.raise_compiler_error(
                "Input " ~ part.table ~ ": " ~ part.part ~ " does not begin with its header: the"
                ~ " first line is blank, or the header stands twice"
            ) %}
        {% endif %}
    {% endfor %}

    {% set row_counts = {} %}
    {% for row in run_query(lines_of_parts | join(' union all ')).rows if row[2] %}
        {% do row_counts.update({row[0] | int: row[1] | int}) %}
    {% endfor %}

    {% set fields_of_parts = [] %}
    {% for part in parts %}
        {% set places = range(part.header | length) | list %}
        {% set is_wrong = '(beyond is not null or "' ~ places[-1] ~ '" is null)' %}
        {% if loop.index0 not in row_counts %}{% do fields_of_parts.append(
            "select " ~ loop.index0 ~ " as part, count(*) as row_count, count(*) filter (where "
            ~ is_wrong ~ ') as wrong_rows, first("0") filter (where ' ~ is_wrong ~ ") as first_field from "
            ~ read_csv([part.part], places + ['beyond'], {
                'null_padding': 'true',
                'nullstr': "'(no such field in this row)'",
                'parallel': 'false',
            })
        ) %}{% endif %}
    {% endfor %}
    {# in one statement, so that the files are read side by side #}
    {% if fields_of_parts %}
        {% for row in run_query(fields_of_parts | join(' union all ') ~ ' order by part').rows %}
            {% set part = parts[row[0] | int] %}
            {% if row[2] > 0 %}
                {% do exceptions.raise_compiler_error(
                    "Input " ~ part.table ~ ": " ~ part.part ~ " has a row whose number of fields is"
                    ~ " not the header's; it begins with " ~ row[3]
                ) %}
            {% endif %}
            {% do row_counts.update({row[0] | int: row[1] | int}) %}
        {% endfor %}
    {% endif %}

    {% set counts = [] %}
    {% for place, row_count in row_counts.items() %}
        {% do counts.append("('" ~ parts[place].table ~ "', " ~ row_count ~ ")") %}
    {% endfor %}
    {% do run_query("create schema if not exists staging") %}
    {% do run_query(
        "create or replace table " ~ csv_row_counts() ~ " as select * from (values "
        ~ counts | join(', ') ~ ") as counts (source_table, row_count)"
    ) %}
{% endmacro %}
