{#-
    The settings under which the numbers came about, name -> text: all but the places of the inputs, and
    but those that are not used.
-#}
{% macro settings_given() %}
    {% set given = {} %}
    {% for name, rule in setting_rules().items() if not name.startswith('input_') and not name.endswith('_schema') %}
        {% set value = setting(name) %}
        {% if value is mapping %}
            {% set value = value.items() | map('join', ': ') | list %}
        {% endif %}
        {% set text = value if value is string or value is not iterable else value | join(', ') %}
        {% if value is not none and text | string and ('needs' not in rule or setting(rule.needs)) %}
            {% do given.update({name: text}) %}
        {% endif %}
    {% endfor %}
    {{ return(given) }}
{% endmacro %}
