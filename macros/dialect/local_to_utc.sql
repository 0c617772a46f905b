{#- The UTC timestamp of a wall-clock timestamp in the business time zone. -#}
{% macro local_to_utc(local_timestamp) -%}
    {{ adapter.dispatch('local_to_utc')(local_timestamp) }}
{%- endmacro %}

{% macro default__local_to_utc(local_timestamp) -%}
    timezone('UTC', timezone('{{ setting("business_timezone") }}', {{ local_timestamp }}))
{%- endmacro %}

{#-
    The session's time zone is UTC there. Of an hour that comes twice, the second is meant, as
    elsewhere.
-#}
{% macro spark__local_to_utc(local_timestamp) -%}
    {%- set in_utc = "to_utc_timestamp(" ~ local_timestamp ~ ", '" ~ setting('business_timezone') ~ "')" -%}
    case
        when from_utc_timestamp({{ in_utc }} + interval 1 hour, '{{ setting("business_timezone") }}')
            = {{ local_timestamp }}
            then {{ in_utc }} + interval 1 hour
        else {{ in_utc }}
    end
{%- endmacro %}
