{#-
    From here on the build's SQL reaches the inputs, the seeds and its own folder and nothing else: no other
    file, no network, no extension, and no statement that would lift this. On PostgreSQL and Spark
    that is the server's to grant and deny.

    It holds for the whole process, so a second command in the same one finds it done.
-#}
{% macro lock_down() %}
    {{ return(adapter.dispatch('lock_down', 'sales_kpis')()) }}
{% endmacro %}

{% macro default__lock_down() %}
{% endmacro %}

{% macro duckdb__lock_down() %}
    {% if execute and not run_query("select current_setting('lock_configuration')").rows[0][0] %}
        {% set folders = [modules.re.sub('[^/]*$', '', target.path) or '.'] %}
        {% if setting('input_dir') %}
            {% do folders.append(setting('input_dir')) %}
        {% endif %}
        {% for node in graph.nodes.values() if node.resource_type == 'seed' and node.root_path %}
            {% do folders.append(node.root_path ~ '/seeds') if node.root_path ~ '/seeds' not in folders %}
        {% endfor %}
        {% set literals = [] %}
        {% for folder in folders %}
            {% do literals.append("'" ~ folder | replace("'", "''") ~ "'") %}
        {% endfor %}
        {% do run_query("set allowed_directories = [" ~ literals | join(', ') ~ "]") %}
        {% do run_query("set autoinstall_known_extensions = false") %}
        {% do run_query("set autoload_known_extensions = false") %}
        {% do run_query("set enable_external_access = false") %}
        {% do run_query("set lock_configuration = true") %}
    {% endif %}
{% endmacro %}
