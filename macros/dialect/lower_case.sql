{#-
    Lower case by Unicode, each letter for itself, with both Turkish capitals I as i whatever the
    database's language.
-#}
{% macro lower_case(text) -%}
    {{ adapter.dispatch('lower_case')(text) }}
{%- endmacro %}

{#- A sigma's small letter depends on its neighbours for some engines. -#}
{% macro default__lower_case(text) -%}
    lower(translate({{ text }}, 'İIΣ', 'iiσ'))
{%- endmacro %}

{#- DuckDB knows no neighbours, and translate() is dear. -#}
{% macro duckdb__lower_case(text) -%}
    lower(replace({{ text }}, 'İ', 'i'))
{%- endmacro %}

{#- The database's own rules may know ASCII alone. -#}
{% macro postgres__lower_case(text) -%}
    lower(translate({{ text }}, 'İIΣ', 'iiσ') collate "und-x-icu")
{%- endmacro %}
