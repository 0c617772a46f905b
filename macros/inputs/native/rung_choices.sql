{#- What a source knows of a setting that has other values for other sources: setting -> values. -#}
{% macro rung_choices(source) %}
    {{ return({
        'hubspot': {
            'lead_is': ['contact', 'lead'],
            'contracts_from': ['native', 'won_opportunities', 'line_items', 'own'],
            'exchange_rates_from': ['own'],
        },
    }.get(source, {})) }}
{% endmacro %}
