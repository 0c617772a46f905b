{#-
    A continuous percentile as decimal(28, 6), rounded half away from zero; null over nothing.

    share: a number of tenths, such as 0.5 or 0.9.

    Interpolated in whole tenths between the two values around it: engines interpolate in double
    precision, each in an order of its own, or cut at the last digit, and a value half-way between
    two millionths then comes out in two ways.
-#}
{% macro percentile(share, column) -%}
    {%- set tenths = '(count(' ~ column ~ ') - 1) * ' ~ (share * 10) | round | int -%}
    {%- set value_below = nth_smallest(column, 'cast(floor(0.1 * ' ~ tenths ~ ') as bigint) + 1') -%}
    {%- set value_above = nth_smallest(column, 'cast(ceil(0.1 * ' ~ tenths ~ ') as bigint) + 1') -%}
    {%- set way = 'mod(' ~ tenths ~ ', 10)' -%}
    {{ divide(value_below ~ ' * (10 - ' ~ way ~ ') + ' ~ value_above ~ ' * ' ~ way, '10') }}
{%- endmacro %}
