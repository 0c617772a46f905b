{#-
    A continuous percentile as decimal(28, 6), rounded half away from zero; null over nothing.

    share: a number of tenths, such as 0.5 or 0.9.

    Interpolated in whole tenths between the two values around it: engines interpolate in double
    precision, each in an order of its own, or cut at the last digit, and a value half-way between
    two millionths then comes out in two ways.
-#}
{% macro percentile(share, column) -%}
    {%- set tenths = '(count(' ~ column ~ ') - 1) * ' ~ (share * 10) | round | int -%}
    {%- set steps = 'mod(' ~ tenths ~ ', 10)' -%}
    {%- set place = 'cast((' ~ tenths ~ ' - ' ~ steps ~ ') / 10 as bigint) + 1' -%}
    {{ divide(
        nth_smallest(column, place) ~ ' * (10 - ' ~ steps ~ ') + '
        ~ 'coalesce(' ~ nth_smallest(column, place ~ ' + 1') ~ ', 0) * ' ~ steps,
        '10'
    ) }}
{%- endmacro %}
