{#-
    A trimmed text as a UTC timestamp; null where it is none.

    A date alone is that day in the business time zone; no offset means UTC. A text with an offset
    is cast as a timestamp with time zone: a plain cast drops the offset without a word, which is
    right for Z alone.
-#}
{% macro parse_stamp(text) -%}
    {%- set time = '[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?' -%}
    {%- set offset = 'Z|[+-](0[0-9]|1[0-3])(:?[0-5][0-9])?|[+-]14(:?00)?' -%}
    case
        when {{ matches(text, date_pattern() ~ '(' ~ time ~ '(' ~ offset ~ ')?)?') }}
            then case
                when length({{ text }}) = 10
                    then {{ local_to_utc(cast_or_null(text, 'timestamp')) }}
                when position('+' in {{ text }}) > 0 or position('-' in substring({{ text }}, 11)) > 0
                    then {{ timestamp_with_offset(text) }}
                else {{ cast_or_null(text, 'timestamp') }}
            end
    end
{%- endmacro %}
