{#-
    Whether an input does not exist: absent_inputs names it, or a CRM's mapping has no place for it
    and none was chosen. What rests on an absent input is null, not zero.
-#}
{% macro is_absent(table) %}
    {% if table in setting('absent_inputs') %}
        {{ return(true) }}
    {% endif %}
    {# rates are not a CRM's own affair #}
    {% for name, input in rungs().items() if input == table and table.startswith('crm.') %}
        {{ return(setting('crm_source') is not none and not setting(name)) }}
    {% endfor %}
    {{ return(false) }}
{% endmacro %}
