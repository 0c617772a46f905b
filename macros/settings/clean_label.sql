{#- A setting's label or code, cleaned as clean_code() cleans the data. -#}
{% macro clean_label(text) %}
    {% set white_space = ' \t\n\r\u00a0' %}
    {# letter by letter, as databases do: a whole word may end in another form of its last letter #}
    {% set letters = text.strip(white_space).replace('\u0130', 'i').replace('I', 'i') | list %}
    {% set lowered = letters | map('lower') | join %}
    {{ return(modules.re.sub('[' ~ white_space ~ '-]+', '_', lowered)) }}
{% endmacro %}
