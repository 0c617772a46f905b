{#-
    The systems whose own exports are the inputs: what crm_source and hr_source name, and the ERP from
    which invoices come.
-#}
{% macro native_sources() %}
    {% set sources = [] %}
    {% for name in ('crm_source', 'hr_source') if setting(name) %}
        {% do sources.append(setting(name)) %}
    {% endfor %}
    {% if setting('invoices_from') == 'logo' %}
        {% do sources.append('logo') %}
    {% endif %}
    {{ return(sources) }}
{% endmacro %}
