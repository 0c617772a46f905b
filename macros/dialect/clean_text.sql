{#-
    A text without the white space at its ends (blank, tab, line ends, no-break space); nothing
    left is null.
-#}
{% macro clean_text(column) -%}
    {{ adapter.dispatch('clean_text')(column) }}
{%- endmacro %}

{% macro default__clean_text(column) -%}
    nullif(trim(both ' {{ '\t\n\r\u00a0' }}' from {{ column }}), '')
{%- endmacro %}

{#- Trimming is dear, and most texts begin and end with a plain sign. -#}
{% macro duckdb__clean_text(column) -%}
    case
        when
            {{ column }} >= '!' and {{ column }} < '~'
            and substring({{ column }}, -1) >= '!' and substring({{ column }}, -1) < '~'
            then {{ column }}
        else {{ default__clean_text(column) }}
    end
{%- endmacro %}
