{#-
    The value of a setting, checked, or its default.

    Dates are Python dates: write them with sql_date(). Raises an error that names the setting.
-#}
{% macro setting(name) %}
    {% set rule = setting_rules()[name] %}
    {# dbt renders what is given as Jinja when it is asked for #}
    {% set unrendered = invocation_args_dict.get('vars', {}).get(name) %}
    {% if '{' in unrendered | string and unrendered is not mapping %}
        {% do refuse_setting(name, unrendered, 'it holds a brace') %}
    {% endif %}
    {% set given = var(name, '__not_given__') %}
    {% if given != '__not_given__' %}
        {{ return(checked_setting(name, given, rule)) }}
    {% elif name == 'as_of_date' %}
        {% if inputs_are_seeds() %}
            {{ return(fixture_dates().as_of_date) }}
        {% endif %}
        {# the only reading of the clock #}
        {% set time_zone = modules.pytz.timezone(setting('business_timezone')) %}
        {{ return(run_started_at.astimezone(time_zone).date()) }}
    {% elif name == 'users_meet_employees_by' and setting('crm_source') %}
        {{ return('employee_id_or_email') }}
    {% elif name == 'reporting_start_date' %}
        {% if inputs_are_seeds() %}
            {{ return(fixture_dates().reporting_start_date) }}
        {% endif %}
        {% set as_of_date = setting('as_of_date') %}
        {% set first_month = setting('fiscal_year_start_month') %}
        {% set fiscal_year = as_of_date.year if as_of_date.month >= first_month else as_of_date.year - 1 %}
        {{ return(modules.datetime.date(fiscal_year - 2, first_month, 1)) }}
    {% endif %}
    {{ return(rule.default) }}
{% endmacro %}
