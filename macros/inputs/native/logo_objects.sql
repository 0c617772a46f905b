{#-
    The tables of a Logo ERP (Tiger, Go) from which invoices come, named without firm and period; for the
    form see native_objects(). The settings `fields: {invoices: LG_001_01_INVOICE, clients: LG_001_CLCARD}`
    name them as they are. Source: descriptions of Logo's tables by its resellers.
-#}
{% macro logo_objects() %}
    {% set custom = setting('fields') %}
    {{ return({
        custom.get('invoices', 'INVOICE'): {
            'feeds': ['crm.invoices'],
            'named_by': 'invoices',
            'columns': {
                'LOGICALREF': 'text!', 'TRCODE': 'text*', 'DATE_': 'date*', 'NETTOTAL': 'number*',
                'CLIENTREF': 'text*', 'CANCELLED': 'flag',
            },
            'fields': {'invoices.paid_on': '*', 'invoices.contract_id': none},
        },
        custom.get('clients', 'CLCARD'): {
            'feeds': [],
            'looked_up_for': ['crm.invoices'],
            'named_by': 'clients',
            'columns': {'LOGICALREF': 'text!', 'CODE': 'text*'},
        },
    }) }}
{% endmacro %}
