{#- Paths of files as an SQL list of literals; one alone as a literal. -#}
{% macro sql_files(paths) %}
    {% set literals = [] %}
    {% for path in paths %}
        {% do literals.append("'" ~ path | replace("'", "''") ~ "'") %}
    {% endfor %}
    {{ return(literals[0] if literals | length == 1 else '[' ~ literals | join(', ') ~ ']') }}
{% endmacro %}
