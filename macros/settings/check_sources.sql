{#- Refuses settings about native exports that contradict each other, by name. -#}
{% macro check_sources() %}
    {% set fields = [] %}
    {% for source in native_sources() %}
        {% for object in native_objects(source).values() %}
            {% do fields.extend(object.get('fields', {}).keys()) %}
            {% do fields.append(object.named_by) if object.named_by %}
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
