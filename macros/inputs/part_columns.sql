{#-
    The columns of some files of an input together: a list of {name, type}, types in lower case.
    Needs execution.
-#}
{% macro part_columns(table, parts) %}
    {% set columns = [] %}
    {% if setting('input_format') == 'parquet' %}
        {% for row in run_query("describe select * from " ~ read_parquet(parts)).rows %}
            {% do columns.append({'name': row[0], 'type': row[1] | lower}) %}
        {% endfor %}
    {% else %}
        {% for name in csv_header(table, parts[0]) %}
            {% do columns.append({'name': name, 'type': 'varchar'}) %}
        {% endfor %}
    {% endif %}
    {{ return(columns) }}
{% endmacro %}
