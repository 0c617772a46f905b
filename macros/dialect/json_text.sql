{#- A text as a JSON value. -#}
{% macro json_text(column) -%}
    {{ adapter.dispatch('json_text')(column) }}
{%- endmacro %}

{% macro default__json_text(column) -%}
    coalesce(cast(to_json({{ column }}) as {{ dbt.type_string() }}), 'null')
{%- endmacro %}

{#-
    Control characters have small hexadecimal digits there, capital ones elsewhere. An escape begins
    behind an even number of backslashes.
-#}
{% macro postgres__json_text(column) -%}
    {%- set text = namespace(sql='cast(to_json(' ~ column ~ ') as text)') -%}
    {%- for digit in ['a', 'b', 'c', 'd', 'e', 'f'] -%}
        {%- set text.sql = replace_all(
            text.sql, '(?<!\\\\)((?:\\\\\\\\)*\\\\u00[01])' ~ digit, '\\1' ~ digit | upper
        ) -%}
    {%- endfor -%}
    coalesce(
        case
            when {{ column }} ~ U&'[\000B\000E\000F\001A-\001F]' then {{ text.sql }}
            else cast(to_json({{ column }}) as text)
        end,
        'null'
    )
{%- endmacro %}

{#- Only an array is taken there; its brackets come off. -#}
{% macro spark__json_text(column) -%}
    coalesce(
        substring(to_json(array({{ column }})), 2, length(to_json(array({{ column }}))) - 2), 'null'
    )
{%- endmacro %}
