{#-
    A trimmed text as a code or label: lower case, each run of white space and hyphens one
    underscore.
-#}
{% macro clean_code(text) -%}
    {{ adapter.dispatch('clean_code')(text) }}
{%- endmacro %}

{% macro default__clean_code(text) -%}
    {{ replace_all(lower_case(text), '[ ' ~ '\t\n\r\u00a0' ~ '-]+', '_') }}
{%- endmacro %}

{#- Replacing is dear, and most codes are one plain word. -#}
{% macro duckdb__clean_code(text) -%}
    case
        when {{ matches(text, '[0-9A-Za-z_]+') }} then lower({{ text }})
        else {{ default__clean_code(text) }}
    end
{%- endmacro %}
