{#- The calendar date of a UTC timestamp in the business time zone. -#}
{% macro business_date(utc_timestamp) -%}
    {{ adapter.dispatch('business_date')(utc_timestamp) }}
{%- endmacro %}

{% macro default__business_date(utc_timestamp) -%}
    cast(timezone('{{ setting("business_timezone") }}', timezone('UTC', {{ utc_timestamp }})) as date)
{%- endmacro %}

{#- The session's time zone is UTC there. -#}
{% macro spark__business_date(utc_timestamp) -%}
    cast(from_utc_timestamp({{ utc_timestamp }}, '{{ setting("business_timezone") }}') as date)
{%- endmacro %}
