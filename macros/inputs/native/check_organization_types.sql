{#-
    Stops a mapping of Workday's tables where no organisation is of a type that the settings name: each
    job would lack its department and be rejected, or its team and be nobody's.
-#}
{% macro check_organization_types() %}
    {% if execute and flags.WHICH in ['build', 'run'] and has_native('workday', 'organization') %}
        {% set labels, types = [], [] %}
        {% for row in run_query(
            "select distinct type, sub_type from (" ~ native_rows('workday', 'organization') ~ ") as organizations order by 1, 2"
        ).rows %}
            {% for label in row if label %}
                {% do labels.append(label) %}
                {% do types.append(clean_label(label)) %}
            {% endfor %}
        {% endfor %}
        {% for name in ['department_organization_type', 'team_organization_type'] %}
            {# a company may have no teams unless it says so #}
            {% set is_said = name.startswith('department') or var(name, none) is not none %}
            {% if types and is_said and clean_label(setting(name)) not in types %}
                {% do refuse_setting(
                    name, setting(name), 'organisations have the types ' ~ labels | unique | sort | join(', ')
                ) %}
            {% endif %}
        {% endfor %}
    {% endif %}
{% endmacro %}
