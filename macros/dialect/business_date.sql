{#- The calendar date of a UTC timestamp in the business time zone. -#}
{% macro business_date(utc_timestamp) -%}
    {{ adapter.dispatch('business_date')(utc_timestamp) }}
{%- endmacro %}

{% macro default__business_date(utc_timestamp) -%}
    cast(timezone('{{ setting("business_timezone") }}', timezone('UTC', {{ utc_timestamp }})) as date)
{%- endmacro %}

{#-
    Asking the calendar for each row takes five times as long. Since 2017 the zone has been between
    two of its offsets; where both lead to the same date, that is it.
-#}
{% macro duckdb__business_date(utc_timestamp) -%}
    {%- set by_calendar = default__business_date(utc_timestamp) -%}
    {%- if not execute -%}
    {{ by_calendar }}
    {%- else -%}
    {%- set offset = "epoch_us(timezone('" ~ setting('business_timezone') ~ "', timezone('UTC', hour))) - epoch_us(hour)" -%}
    {%- set offsets = run_query(
        "select min(" ~ offset ~ "), max(" ~ offset ~ ") from range("
        ~ "timestamp '2017-01-01', timestamp '2101-01-01', interval 6 hour) as hours (hour)"
    ).rows[0] -%}
    {%- set date_at = 'cast(' ~ utc_timestamp ~ ' + to_microseconds(%s) as date)' -%}
    case
        when
            {{ utc_timestamp }} >= timestamp '2017-01-01'
            and {{ date_at | format(offsets[0]) }} = {{ date_at | format(offsets[1]) }}
            then {{ date_at | format(offsets[0]) }}
        else {{ by_calendar }}
    end
    {%- endif -%}
{%- endmacro %}

{#- The session's time zone is UTC there. -#}
{% macro spark__business_date(utc_timestamp) -%}
    cast(from_utc_timestamp({{ utc_timestamp }}, '{{ setting("business_timezone") }}') as date)
{%- endmacro %}
