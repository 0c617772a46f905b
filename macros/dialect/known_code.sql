{#- A trimmed text as one of some codes; null where it is none of them. -#}
{% macro known_code(text, words) -%}
    {{ adapter.dispatch('known_code')(text, words) }}
{%- endmacro %}

{% macro default__known_code(text, words) -%}
    case {{ clean_code(text) }}
        {%- for word in words %} when '{{ word }}' then '{{ word }}'{% endfor %} end
{%- endmacro %}

{#- Most codes are such a word but for capitals, which is quick to see. -#}
{% macro duckdb__known_code(text, words) -%}
    case lower({{ text }})
        {%- for word in words %} when '{{ word }}' then '{{ word }}'{% endfor %}
        else {{ default__known_code(text, words) }} end
{%- endmacro %}
