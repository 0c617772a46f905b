{#-
    A text without the white space at its ends (blank, tab, line ends, no-break space); nothing
    left is null.
-#}
{% macro clean_text(column) -%}
    nullif(trim(both ' {{ '\t\n\r\u00a0' }}' from {{ column }}), '')
{%- endmacro %}
