{#-
    The given value of a setting in the form in which models use it, or an error that names the
    setting.

    name: the setting; value: what was given; rule: its entry of setting_rules(). Dates come back
        as Python dates, currencies in upper case, labels and codes cleaned like the data.
-#}
{% macro checked_setting(name, value, rule) %}
    {% set re = modules.re %}
    {% if value is none or value is string and not value.strip() or value is iterable and not value | list
        and rule.default not in ([], {}) %}
        {% do refuse_setting(name, value, 'it is empty') %}
    {% endif %}

    {% if rule.type == 'date' %}
        {% set text = value | string %}
        {% if not re.fullmatch('(19[0-9]{2}|20[0-9]{2}|2100)-(0[1-9]|1[0-2])-[0-9]{2}', text) %}
            {% do refuse_setting(name, value, 'a day of the years 1900 to 2100, YYYY-MM-DD, is needed') %}
        {% endif %}
        {% set year, month, day = text[:4] | int, text[5:7] | int, text[8:] | int %}
        {% set is_leap_year = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) %}
        {% set month_days = [31, 29 if is_leap_year else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] %}
        {% if not 1 <= day <= month_days[month - 1] %}
            {% do refuse_setting(name, value, 'there is no such day') %}
        {% endif %}
        {{ return(modules.datetime.date(year, month, day)) }}

    {% elif rule.type == 'integer' %}
        {% if value is not integer or not rule.min <= value <= rule.max %}
            {% do refuse_setting(
                name, value, 'a whole number from ' ~ rule.min ~ ' to ' ~ rule.max ~ ' is needed'
            ) %}
        {% endif %}
        {{ return(value) }}

    {% elif rule.type == 'boolean' %}
        {% if value is not boolean %}
            {% do refuse_setting(name, value, 'true or false is needed') %}
        {% endif %}
        {{ return(value) }}

    {% elif rule.type == 'labels' %}
        {% if value is string or value is mapping or value is not sequence %}
            {% do refuse_setting(name, value, 'a list is needed') %}
        {% endif %}
        {% set labels = [] %}
        {% for item in value %}
            {% if item is not string or not item.strip() or not re.fullmatch('[\\w\\s\u00a0/&.,+()-]+', item) %}
                {% do refuse_setting(name, value, 'each entry must be a word') %}
            {% endif %}
            {% set label = clean_label(item) %}
            {% if 'known' in rule and label not in rule.known %}
                {% do refuse_setting(name, value, 'known are ' ~ rule.known | join(', ')) %}
            {% elif 'pattern' in rule and not re.fullmatch(rule.pattern, label) %}
                {% do refuse_setting(name, value, 'internal names are needed, letters, digits and _') %}
            {% endif %}
            {% do labels.append(label) %}
        {% endfor %}
        {{ return(labels) }}

    {% elif rule.type == 'texts' %}
        {% if value is string or value is mapping or value is not sequence %}
            {% do refuse_setting(name, value, 'a list is needed') %}
        {% endif %}
        {% for item in value %}
            {% if item is not string or not re.fullmatch('[\\w\\s/&.,+()-]+', item) %}
                {% do refuse_setting(name, value, 'each entry must be a text') %}
            {% endif %}
        {% endfor %}
        {{ return(value) }}

    {% elif rule.type == 'inputs' %}
        {% if value is string or value is mapping or value is not sequence %}
            {% do refuse_setting(name, value, 'a list is needed') %}
        {% endif %}
        {% for item in value if item not in input_tables() %}
            {% if item.split('.')[0] not in native_sources() or item.split('.')[1] not in native_objects(item.split('.')[0]) %}
                {% do refuse_setting(name, item, 'known are ' ~ input_tables() | join(', ')) %}
            {% endif %}
        {% endfor %}
        {{ return(value) }}

    {% elif rule.type == 'fields' %}
        {% if value is not mapping %}
            {% do refuse_setting(name, value, 'a mapping such as {accounts.segment: Segment__c} is needed') %}
        {% endif %}
        {% for field, column in value.items() %}
            {% if column is not string or not re.fullmatch('[A-Za-z_][A-Za-z0-9_]{0,127}', column) %}
                {% do refuse_setting(name, field ~ ': ' ~ column, 'a native column is a plain name of letters, digits and _') %}
            {% endif %}
        {% endfor %}
        {{ return(value) }}

    {% elif value is not string %}
        {% do refuse_setting(name, value, 'a text is needed') %}

    {% elif rule.type == 'text' %}
        {% if not re.fullmatch('[\\w\\s/&.,+()-]+', value) %}
            {% do refuse_setting(name, value, 'a plain text is needed') %}
        {% endif %}

    {% elif rule.type == 'currency' %}
        {% if not re.fullmatch('[A-Za-z0-9]{2,10}', value.strip()) %}
            {% do refuse_setting(name, value, 'a currency code such as TRY is needed') %}
        {% endif %}
        {{ return(value.strip() | upper) }}

    {% elif rule.type == 'timezone' %}
        {% if value not in modules.pytz.all_timezones %}
            {% do refuse_setting(name, value, 'there is no such time zone') %}
        {% endif %}

    {% elif rule.type == 'choice' %}
        {% if value not in rule.known %}
            {% do refuse_setting(name, value, 'known are ' ~ rule.known | join(', ')) %}
        {% endif %}

    {% elif rule.type == 'identifier' %}
        {% if not re.fullmatch('[A-Za-z_][A-Za-z0-9_]{0,62}', value) %}
            {% do refuse_setting(name, value, 'a plain name of letters, digits and _ is needed') %}
        {% endif %}

    {% elif rule.type == 'path' %}
        {# a path is written into SQL: what could end the literal, match several files or reach the net stays out #}
        {% if re.search('[\'"`;\\\\*?\\[\\]{}<>|\\x00-\\x1f]|://', value) %}
            {% do refuse_setting(name, value, 'a folder is needed, without quotes, wildcards or ://') %}
        {% endif %}
    {% endif %}
    {{ return(value) }}
{% endmacro %}
