{#- A native stamp in a form of the inputs: milliseconds since 1970 are written as a time in UTC. -#}
{% macro native_stamp(text) -%}
    case when {{ matches(text, '[0-9]{12,13}') }} then {{ epoch_text(text) }} else {{ text }} end
{%- endmacro %}
