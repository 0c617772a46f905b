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
    {%- set json = 'cast(to_json(' ~ column ~ ') as text)' -%}
    {%- set text = namespace(sql=json) -%}
    {%- for digit in ['a', 'b', 'c', 'd', 'e', 'f'] -%}
        {%- set text.sql = replace_all(
            text.sql, '(?<!\\\\)((?:\\\\\\\\)*\\\\u00[01])' ~ digit, '\\1' ~ digit | upper
        ) -%}
    {%- endfor -%}
    coalesce(
        case
            when {{ column }} ~ U&'[\000B\000E\000F\001A-\001F]' then {{ text.sql }}
            else {{ json }}
        end,
        'null'
    )
{%- endmacro %}

{#-
    Only an array is taken there; its brackets come off. The separators of lines and paragraphs are
    escaped there alone.
-#}
{% macro spark__json_text(column) -%}
    {%- set array = 'to_json(array(' ~ column ~ '))' -%}
    {%- set json = 'substring(' ~ array ~ ', 2, length(' ~ array ~ ') - 2)' -%}
    {%- set text = namespace(sql=json) -%}
    {%- for digit, sign in [('8', '\u2028'), ('9', '\u2029')] -%}
        {%- set text.sql = "regexp_replace(" ~ text.sql ~ ", r'(?<!\\\\)((?:\\\\\\\\)*)\\\\u202" ~ digit
            ~ "', '$1" ~ sign ~ "')" -%}
    {%- endfor -%}
    case
        when {{ column }} is null then 'null'
        when {{ column }} rlike '[{{ '\u2028\u2029' }}]' then {{ text.sql }}
        else {{ json }}
    end
{%- endmacro %}
