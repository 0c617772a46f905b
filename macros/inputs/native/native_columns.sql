{#-
    The columns that a mapping takes from an object: a list of {name, other_names, type, is_key,
    is_required, alias, field}. The alias is the name in words (`ConvertedAccountId` is
    converted_account_id); a field's is its input's column (`accounts_segment`), its name none where
    no native column holds it.
-#}
{% macro native_columns(source, object) %}
    {% set contract = native_objects(source)[object] %}
    {% set columns = [] %}
    {# only Salesforce has ids in two lengths #}
    {% set id_type = 'id' if source == 'salesforce' else 'text' %}
    {% for name, mark in contract.columns.items() %}
        {% set marked_type = mark.split('|')[0] %}
        {% do columns.append({
            'name': name,
            'other_names': mark.split('|')[1:],
            'type': modules.re.sub('[!*]', '', marked_type).replace('id', id_type),
            'is_key': '!' in marked_type,
            'is_required': '!' in marked_type or '*' in marked_type,
            'alias': native_alias(name),
            'field': none,
        }) %}
    {% endfor %}
    {% for field, default in contract.get('fields', {}).items() %}
        {% do columns.append({
            'name': setting('fields').get(field, (default or '') | replace('*', '') or none),
            'other_names': [],
            'type': field_type(field).replace('id', id_type),
            'is_key': false,
            'is_required': field in setting('fields') or '*' in (default or ''),
            'alias': field | replace('.', '_'),
            'field': field,
        }) %}
    {% endfor %}
    {{ return(columns) }}
{% endmacro %}
