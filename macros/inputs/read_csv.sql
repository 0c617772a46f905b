{#-
    The reading of an input's CSV files, for `from`. Delimiter and quotes are said, never sniffed: a
    sniffer may take another delimiter, skip a line or rename a column.

    parts: the files; columns: the names of all columns in the order that all of them have.
    options: further options of DuckDB's read_csv, name -> value as SQL.
-#}
{% macro read_csv(parts, columns, options={}) %}
    {% set fields = [] %}
    {% for column in columns %}
        {% do fields.append("'" ~ column | replace("'", "''") ~ "': 'varchar'") %}
    {% endfor %}
    {% set all_options = {
        'auto_detect': 'false',
        'header': 'true',
        'delim': "','",
        'quote': "'\"'",
        'escape': "'\"'",
        'max_line_size': '16777216',
        'columns': '{' ~ fields | join(', ') ~ '}',
    } %}
    {% do all_options.update(options) %}
    {% set arguments = [sql_files(parts)] %}
    {% for name, value in all_options.items() %}
        {% do arguments.append(name ~ ' = ' ~ value) %}
    {% endfor %}
    {{ return('read_csv(' ~ arguments | join(', ') ~ ')') }}
{% endmacro %}
