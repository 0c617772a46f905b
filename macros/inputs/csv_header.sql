{#-
    The column names in the header of one CSV file of an input, trimmed; extra columns without a
    name get one.

    Errors: an empty file, the same name twice (also in another case, where an SQL engine takes
    either).
-#}
{% macro csv_header(table, part) %}
    {# more columns than a file has: those behind its last are null, a blank name is a blank text;
       some lines of the greatest length are read, so it is the shorter #}
    {% set first_row = run_query("select * from " ~ read_csv([part], range(500), {
        'header': 'false',
        'null_padding': 'true',
        'nullstr': "'(no such field in this row)'",
        'parallel': 'false',
        'ignore_errors': 'true',
        'max_line_size': '2097152',
    }) ~ " limit 1") %}
    {% if not first_row.rows %}
        {% do exceptions.raise_compiler_error(
            "Input " ~ table ~ ": " ~ part ~ " is empty, without a header, or has more than 500 columns"
        ) %}
    {% endif %}

    {% set names = [] %}
    {% for field in first_row.rows[0].values() if field is not none %}
        {% set name = field.strip() or 'unnamed_' ~ loop.index %}
        {% if name | lower in names | map('lower') %}
            {% do exceptions.raise_compiler_error(
                "Input " ~ table ~ ": " ~ part ~ " has two columns called " ~ name
            ) %}
        {% endif %}
        {% do names.append(name) %}
    {% endfor %}
    {{ return(names) }}
{% endmacro %}
