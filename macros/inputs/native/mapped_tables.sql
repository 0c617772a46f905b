{#-
    The inputs that a source's mapping fills under the settings. What the source has no place for
    (its rung is `own`, or not chosen) is left to the tables of the contract, another system, or absent.
-#}
{% macro mapped_tables(source) %}
    {% if source in ('workday', 'bamboohr') %}
        {{ return(['hr.employees', 'hr.job_assignments']) }}
    {% elif source == 'logo' %}
        {{ return(['crm.invoices']) }}
    {% endif %}
    {% set tables = [
        'crm.accounts', 'crm.users', 'crm.leads', 'crm.lead_status_history', 'crm.opportunities',
        'crm.opportunity_stage_history', 'crm.activities',
    ] %}
    {% for name, table in rungs().items() if setting(name) and setting(name) not in ('own', 'logo') %}
        {% do tables.append(table) %}
    {% endfor %}
    {{ return(tables) }}
{% endmacro %}
