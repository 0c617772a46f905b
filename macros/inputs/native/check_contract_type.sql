{#-
    Stops a mapping of Salesforce's contracts where nothing says of which type they are: each would be
    rejected.
-#}
{% macro check_contract_type(object) %}
    {% if execute and 'contracts.contract_type' not in setting('fields') %}
        {% if flags.WHICH in ['build', 'run'] and '' not in value_map('salesforce', 'contract_type') %}
            {% do refuse_setting(
                'fields', setting('fields') or 'nothing',
                'it must say which column of salesforce.' ~ object ~ ' holds contracts.contract_type, or'
                ~ ' seeds/mappings/salesforce.csv what a blank one means, in a line such as contract_type,,new'
            ) %}
        {% endif %}
    {% endif %}
{% endmacro %}
