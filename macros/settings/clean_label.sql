{#- A setting's label or code, cleaned as clean_code() cleans the data. -#}
{% macro clean_label(text) %}
    {% set white_space = ' \t\n\r\u00a0' %}
    {% set lowered = text.strip(white_space).replace('\u0130', 'i').replace('I', 'i') | lower %}
    {{ return(modules.re.sub('[' ~ white_space ~ '-]+', '_', lowered)) }}
{% endmacro %}
