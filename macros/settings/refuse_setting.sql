{#- Stops the run with one line that names the setting. -#}
{% macro refuse_setting(name, value, reason) %}
    {% do exceptions.raise_compiler_error(
        "Setting '" ~ name ~ "' is refused: " ~ reason ~ " (given: " ~ value ~ ")"
    ) %}
{% endmacro %}
