{#-
    The form of a date, with the years that count. Whether the month has such a day is left to the
    cast.
-#}
{% macro date_pattern() -%}
    (19[0-9][0-9]|20[0-9][0-9]|2100|9999)-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
{%- endmacro %}
