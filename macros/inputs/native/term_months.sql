{#- A term of months as a text of digits; a number with a point and zeros is whole. -#}
{% macro term_months(text) -%}
    {{ replace_all(text, '[.]0+$', '') }}
{%- endmacro %}
