{#-
    A cast that gives null where the text is of the right form and still no value, such as 30
    February.

    text: a date or a stamp that begins with one, or a number, of the inputs' forms.
-#}
{% macro cast_or_null(text, type) -%}
    {{ adapter.dispatch('cast_or_null')(text, type) }}
{%- endmacro %}

{% macro default__cast_or_null(text, type) -%}
    try_cast({{ text }} as {{ type }})
{%- endmacro %}

{#-
    A plain cast is an error there. Of a text of the right form only the day can be wrong, so it is
    compared with the last one of its month. A fraction is cut at microseconds, as the others do:
    the cast would round it, up to the next day.
-#}
{% macro postgres__cast_or_null(text, type) -%}
    {%- if type not in ['date', 'timestamp', 'timestamptz'] -%}
    cast({{ text }} as {{ type }})
    {%- else -%}
    case
        when cast(substring({{ text }}, 9, 2) as integer) <= extract(
            day from make_date(
                cast(substring({{ text }}, 1, 4) as integer), cast(substring({{ text }}, 6, 2) as integer), 1
            ) + interval '1 month - 1 day'
        )
            then cast({{ replace_all(text, '([.][0-9]{6})[0-9]+', '\\1') }} as {{ type }})
    end
    {%- endif -%}
{%- endmacro %}

{#- A stamp with an offset and without seconds is none there: they are written out. -#}
{% macro spark__cast_or_null(text, type) -%}
    {%- if type == 'timestamp' -%}
    try_cast(regexp_replace({{ text }}, '^(.{16})(?=[Z+-]|$)', '$1:00') as timestamp)
    {%- else -%}
    {{ default__cast_or_null(text, type) }}
    {%- endif -%}
{%- endmacro %}
