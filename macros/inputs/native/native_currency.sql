{#-
    The currency of a native row. A system with one currency exports none: then it is the setting
    source_currency.
-#}
{% macro native_currency(text) -%}
    {%- if setting('source_currency') -%}
    coalesce({{ text }}, '{{ setting("source_currency") }}')
    {%- else -%}
    {{ text }}
    {%- endif -%}
{%- endmacro %}
