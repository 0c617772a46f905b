{#- The UTC timestamp of a text with an offset; null where there is no such day. -#}
{% macro timestamp_with_offset(text) -%}
    {{ adapter.dispatch('timestamp_with_offset')(text) }}
{%- endmacro %}

{% macro default__timestamp_with_offset(text) -%}
    timezone('UTC', {{ cast_or_null(text, 'timestamptz') }})
{%- endmacro %}

{#- The way over timezone() asks for the calendar of each row and takes three times as long. -#}
{% macro duckdb__timestamp_with_offset(text) -%}
    make_timestamp(epoch_us({{ cast_or_null(text, 'timestamptz') }}))
{%- endmacro %}

{#- The session's time zone is UTC there, and a cast heeds the offset. -#}
{% macro spark__timestamp_with_offset(text) -%}
    {{ cast_or_null(text, 'timestamp') }}
{%- endmacro %}
