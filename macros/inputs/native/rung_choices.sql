{#- What a source knows of a setting that has other values for other sources: setting -> values. -#}
{% macro rung_choices(source) %}
    {{ return({
        'hubspot': {
            'lead_is': ['contact', 'lead'],
            'contracts_from': ['native', 'won_opportunities', 'line_items', 'own'],
            'invoices_from': ['native', 'logo', 'own'],
            'referrals_from': ['lead', 'native', 'own'],
            'exchange_rates_from': ['own'],
        },
        'salesforce': {
            'lead_is': ['lead', 'contact', 'opportunity'],
            'contracts_from': ['contract', 'order', 'subscription', 'won_opportunities', 'own'],
            'invoices_from': ['native', 'logo', 'own'],
            'referrals_from': ['lead', 'native', 'own'],
            'exchange_rates_from': ['native', 'own'],
        },
    }.get(source, {})) }}
{% endmacro %}
