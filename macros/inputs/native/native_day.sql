{#-
    A native day as `YYYY-MM-DD`. Loaders land a day as midnight UTC, in words or in milliseconds; it is
    not shifted into any time zone; with another time of the day it is no day and stays as it is. A time
    zone behind the day, as Workday writes it, is dropped; a day of zeros is blank.
-#}
{% macro native_day(text) -%}
    case
        when {{ matches(text, '[0-9]{12,13}') }}
            then replace(replace({{ epoch_text(text) }}, ' 00:00:00.000000', ''), ' 00:00:00.000', '')
        when {{ matches(text, date_pattern() ~ '([T ]00:00(:00([.]0+)?)?)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?') }}
            then substring({{ text }}, 1, 10)
        when {{ text }} like '0000-00-00%' then cast(null as {{ dbt.type_string() }})
        else {{ text }}
    end
{%- endmacro %}
