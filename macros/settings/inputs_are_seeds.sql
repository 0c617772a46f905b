{#- Whether the fourteen inputs are the seeds, not the user's files or tables. -#}
{% macro inputs_are_seeds() %}
    {% set places = [] %}
    {% for name in ('input_dir', 'input_schema', 'crm_schema', 'hr_schema') %}
        {% do places.append(var(name, none)) %}
    {% endfor %}
    {{ return(not places | select | list) }}
{% endmacro %}
