{#-
    The settings that say where an input comes from which many CRM systems have in several places, or
    none: setting -> input. `own` is the table of the contract; not given is absent.
-#}
{% macro rungs() %}
    {{ return({
        'contracts_from': 'crm.contracts',
        'invoices_from': 'crm.invoices',
        'referrals_from': 'crm.referrals',
        'exchange_rates_from': 'reference.exchange_rates',
    }) }}
{% endmacro %}
