{#-
    A trimmed text as a code or label: lower case, each run of white space and hyphens one
    underscore.
-#}
{% macro clean_code(text) -%}
    {{ replace_all(lower_case(text), '[ ' ~ '\t\n\r\u00a0' ~ '-]+', '_') }}
{%- endmacro %}
