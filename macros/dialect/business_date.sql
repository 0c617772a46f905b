{#- The calendar date of a UTC timestamp in the business time zone. -#}
{% macro business_date(utc_timestamp) -%}
    cast(timezone('{{ setting("business_timezone") }}', timezone('UTC', {{ utc_timestamp }})) as date)
{%- endmacro %}
