{#- The words that a code column of the inputs may hold; none where there is no such code. -#}
{% macro known_codes(code) %}
    {% if code == 'kpi' %}
        {{ return(kpi_catalogue() | map(attribute='kpi') | list) }}
    {% endif %}
    {{ return({
        'lead_status': ['new', 'working', 'qualified', 'converted', 'disqualified'],
        'opportunity_type': ['new_business', 'upsell', 'cross_sell', 'renewal'],
        'stage': ['prospecting', 'discovery', 'proposal', 'negotiation', 'closed_won', 'closed_lost'],
        'activity_type': ['call', 'meeting', 'demo', 'email', 'task'],
        'activity_status': ['completed', 'scheduled', 'cancelled', 'no_show'],
        'contract_type': ['new', 'renewal', 'upsell', 'cross_sell'],
        'contract_status': ['draft', 'active', 'expired', 'cancelled', 'void'],
        'invoice_status': ['open', 'paid', 'void'],
        'termination_reason': ['voluntary', 'involuntary', 'other'],
        'period_grain': ['month', 'quarter', 'year'],
    }.get(code)) }}
{% endmacro %}
