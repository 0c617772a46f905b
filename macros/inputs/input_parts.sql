{#-
    The files of an input: FOLDER/crm/leads.csv alone, or all that is in the folder
    FOLDER/crm/leads, in the order of the names. Needs execution.

    Errors: neither; both; something in the folder that would be passed over, or read as a pattern
    of names. What begins with `.` or `_` is a system's own and no part.
-#}
{% macro input_parts(table) %}
    {% set file = input_file(table) %}
    {% set ending = '.' ~ setting('input_format') %}
    {% set folder = file[:-(ending | length)] ~ '/' %}
    {% set parts = [] %}
    {% set strangers = [] %}
    {% for row in run_query("select file from glob('" ~ folder ~ "**') order by file").rows %}
        {% set name = row[0][folder | length:] %}
        {% if not name.startswith(('.', '_')) %}
            {% if name.endswith(ending) and not modules.re.search('[/\\\\*?\\[\\]{}]', name) %}
                {% do parts.append(row[0]) %}
            {% else %}
                {% do strangers.append(row[0]) %}
            {% endif %}
        {% endif %}
    {% endfor %}

    {% if run_query("select 1 from glob('" ~ file ~ "')").rows %}
        {% if parts %}
            {% do exceptions.raise_compiler_error(
                "Input " ~ table ~ ": there are both " ~ file ~ " and " ~ parts[0] ~ "; keep one"
            ) %}
        {% endif %}
        {{ return([file]) }}
    {% endif %}
    {% if strangers %}
        {% do exceptions.raise_compiler_error(
            "Input " ~ table ~ ": " ~ strangers[0] ~ " is no part of it: parts lie in " ~ folder
            ~ " itself, end in " ~ ending ~ " and have no wildcard in their names"
        ) %}
    {% endif %}
    {% if not parts %}
        {% do exceptions.raise_compiler_error(
            "Input " ~ table ~ ": there is no file " ~ file ~ absent_hint()
        ) %}
    {% endif %}
    {{ return(parts) }}
{% endmacro %}
