{#- The names of all files, folders or tables where a source's exports are. Needs execution. -#}
{% macro native_names(source) %}
    {% set names = [] %}
    {% if setting('input_dir') %}
        {% set folder = setting('input_dir').rstrip('/') ~ '/' ~ source ~ '/' %}
        {% set ending = '.' ~ setting('input_format') %}
        {% for row in run_query("select file from glob('" ~ folder ~ "**') order by file").rows %}
            {% set name = row[0][folder | length:].split('/')[0] %}
            {% set name = name[:-(ending | length)] if name.endswith(ending) else name %}
            {% do names.append(name) if name not in names and not name.startswith(('.', '_')) %}
        {% endfor %}
    {% else %}
        {% set place = native_schema(source) %}
        {# the second column is the name on every engine #}
        {% for row in dbt.list_relations_without_caching(place).rows %}
            {% do names.append(row[1]) %}
        {% endfor %}
    {% endif %}
    {{ return(names) }}
{% endmacro %}
