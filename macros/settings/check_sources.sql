{#- Refuses settings about native exports that contradict each other, by name. -#}
{% macro check_sources() %}
    {% for source in native_sources() %}
        {% for name, values in rung_choices(source).items() if setting(name) and setting(name) not in values %}
            {% do refuse_setting(name, setting(name), 'with ' ~ source ~ ', known are ' ~ values | join(', ')) %}
        {% endfor %}
    {% endfor %}

    {% if setting('invoices_from') == 'logo' and not setting('source_currency') %}
        {% do refuse_setting('invoices_from', 'logo', 'it needs source_currency, in which the ERP keeps its books') %}
    {% endif %}

    {% set fields = [] %}
    {% for source in native_sources() %}
        {% for name, object in native_objects(source).items() %}
            {% do fields.extend(object.get('fields', {}).keys()) %}
            {% do fields.append(object.named_by) if object.named_by %}
            {% set other_rungs = [] %}
            {% for rung, values in object.get('rungs', {}).items() if setting(rung) not in values %}
                {% do other_rungs.append(rung) %}
            {% endfor %}
            {% for field, column in object.get('fields', {}).items() %}
                {% if column == '*' and field not in setting('fields') and not other_rungs %}
                    {% do refuse_setting(
                        'fields', setting('fields') or 'nothing',
                        'it must say which column of ' ~ source ~ '.' ~ name ~ ' holds ' ~ field
                    ) %}
                {% endif %}
            {% endfor %}
        {% endfor %}
    {% endfor %}
    {% for field in setting('fields') if field not in fields %}
        {% do refuse_setting('fields', field, 'known are ' ~ fields | sort | join(', ')) %}
    {% endfor %}

    {% for name, rule in setting_rules().items() if 'needs' in rule and var(name, none) and not setting(rule.needs) %}
        {% do refuse_setting(name, var(name), 'it needs ' ~ rule.needs) %}
    {% endfor %}

    {% for system in ('crm', 'hr') %}
        {% set source, schema = setting(system ~ '_source'), setting(system ~ '_schema') %}
        {% if source and inputs_are_seeds() %}
            {% do refuse_setting(system ~ '_source', source, 'it needs input_dir, input_schema or ' ~ system ~ '_schema') %}
        {% elif schema and not source %}
            {% do refuse_setting(system ~ '_schema', schema, 'it needs ' ~ system ~ '_source') %}
        {% elif schema and setting('input_dir') %}
            {% do refuse_setting(system ~ '_schema', schema, 'input_dir is set too; choose one') %}
        {% endif %}
    {% endfor %}
{% endmacro %}
