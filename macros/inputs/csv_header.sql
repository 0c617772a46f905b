{#-
    The column names in the header of an input's CSV file, trimmed; extra columns without a name get one.

    Errors: an empty file, the same name twice (also in another case, where an SQL engine takes either).
-#}
{% macro csv_header(table) %}
    {% set path = input_file(table) %}
    {# one column whose delimiter cannot occur: the first line as it stands #}
    {% set first_line = run_query(
        "select line from read_csv('" ~ path ~ "', auto_detect = false, header = false, delim = '\x01', "
        ~ "quote = '', escape = '', ignore_errors = true, max_line_size = 16777216, "
        ~ "columns = {'line': 'varchar'}) limit 1"
    ) %}
    {% if not first_line.rows %}
        {% do exceptions.raise_compiler_error("Input " ~ table ~ ": " ~ path ~ " is empty, without a header") %}
    {% endif %}
    {% set fields = [] %}
    {% for field in modules.re.findall('(?:^|,)("(?:[^"]|"")*"|[^,]*)', first_line.rows[0][0]) %}
        {% do fields.append(field.strip().strip('"').replace('""', '"').strip()) %}
    {% endfor %}
    {% set names = [] %}
    {% for field in fields %}
        {% if field | lower in names | map('lower') %}
            {% do exceptions.raise_compiler_error(
                "Input " ~ table ~ ": " ~ path ~ " has two columns called " ~ field
            ) %}
        {% endif %}
        {% do names.append(field or 'unnamed_' ~ loop.index) %}
    {% endfor %}
    {{ return(names) }}
{% endmacro %}
