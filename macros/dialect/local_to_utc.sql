{#- The UTC timestamp of a wall-clock timestamp in the business time zone. -#}
{% macro local_to_utc(local_timestamp) -%}
    {{ adapter.dispatch('local_to_utc')(local_timestamp) }}
{%- endmacro %}

{% macro default__local_to_utc(local_timestamp) -%}
    timezone('UTC', timezone('{{ setting("business_timezone") }}', {{ local_timestamp }}))
{%- endmacro %}

{#- The session's time zone is UTC there. -#}
{% macro spark__local_to_utc(local_timestamp) -%}
    to_utc_timestamp({{ local_timestamp }}, '{{ setting("business_timezone") }}')
{%- endmacro %}
