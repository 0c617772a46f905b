{#- Milliseconds since 1970, a text of digits, as the text of a time in UTC: `2026-11-27 20:50:48.123`. -#}
{% macro epoch_text(text) -%}
    {{ adapter.dispatch('epoch_text')(text) }}
{%- endmacro %}

{% macro default__epoch_text(text) -%}
    strftime(make_timestamp(cast({{ text }} as bigint) * 1000), '%Y-%m-%d %H:%M:%S.%f')
{%- endmacro %}

{% macro postgres__epoch_text(text) -%}
    to_char(
        to_timestamp(cast({{ text }} as numeric) / 1000) at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS'
    )
{%- endmacro %}

{% macro spark__epoch_text(text) -%}
    date_format(timestamp_millis(cast({{ text }} as bigint)), 'yyyy-MM-dd HH:mm:ss.SSS')
{%- endmacro %}
