{#-
    Stops Salesforce's mapping where lead_record_types names a type that no record type has as its name,
    label or id: all its leads would be left out.
-#}
{% macro check_record_types() %}
    {% if execute and flags.WHICH in ['build', 'run'] and setting('lead_record_types') %}
        {% set known = [] %}
        {% for row in run_query(
            "select developer_name, name from (" ~ native_rows('salesforce', 'RecordType') ~ ") as record_types"
            ~ " union all select distinct record_type_id, null from (" ~ native_rows('salesforce', 'Lead') ~ ") as leads"
        ).rows %}
            {% do known.extend([row[0], row[1]]) %}
        {% endfor %}
        {% for name in setting('lead_record_types') if name not in known %}
            {% do refuse_setting(
                'lead_record_types', name, 'leads have the record types '
                ~ known | select | map('string') | unique | sort | join(', ')
            ) %}
        {% endfor %}
    {% endif %}
{% endmacro %}
