{#- The UTC timestamp of a wall-clock timestamp in the business time zone. -#}
{% macro local_to_utc(local_timestamp) -%}
    timezone('UTC', timezone('{{ setting("business_timezone") }}', {{ local_timestamp }}))
{%- endmacro %}
