{#- Whether the fourteen inputs are the seeds, not the user's files or tables. -#}
{% macro inputs_are_seeds() %}
    {{ return(not var('input_dir', none) and not var('input_schema', none)) }}
{% endmacro %}
