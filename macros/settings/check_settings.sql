{#-
    Refuses settings that do not exist, are malformed or contradict each other, by name.

    Runs as a hook, and hooks are rendered while the project is parsed: nothing has been written
    by then.
-#}
{% macro check_settings() %}
    {% set rules = setting_rules() %}
    {% for name in invocation_args_dict.get('vars', {}) %}
        {% if name not in rules %}
            {% do exceptions.raise_compiler_error(
                "Setting '" ~ name ~ "' does not exist; known are " ~ rules | sort | join(', ')
            ) %}
        {% endif %}
    {% endfor %}
    {% for name in rules %}
        {% do setting(name) %}
        {# the seeds are switched off in dbt_project.yml, which cannot see its own vars #}
        {% if name.startswith('input_') and var(name, none)
            and name not in invocation_args_dict.get('vars', {}) %}
            {% do refuse_setting(name, var(name), 'dbt takes it from --vars alone') %}
        {% endif %}
    {% endfor %}

    {{ check_sources() }}

    {% if setting('reporting_start_date') > setting('as_of_date') %}
        {% do refuse_setting(
            'reporting_start_date', setting('reporting_start_date'),
            'it is after as_of_date ' ~ setting('as_of_date')
        ) %}
    {% endif %}
    {% if setting('input_dir') and setting('input_schema') %}
        {% do refuse_setting('input_schema', setting('input_schema'), 'input_dir is set too; choose one') %}
    {% endif %}
    {% if setting('input_database') and not setting('input_schema') %}
        {% do refuse_setting('input_database', setting('input_database'), 'it needs input_schema') %}
    {% endif %}
    {% if var('input_format', none) and not setting('input_dir') %}
        {% do refuse_setting('input_format', setting('input_format'), 'it needs input_dir') %}
    {% endif %}
{% endmacro %}
