{#-
    A quotient as decimal(28, 6), rounded half away from zero; null where the divisor is 0 or
    null.

    Both numbers have at most 6 decimals and the divisor is not negative. Whole-number arithmetic:
    the engines divide decimals as floating point or with digits of their own, and would differ in
    the last place.
-#}
{% macro divide(dividend, divisor) -%}
    {{ adapter.dispatch('divide')(dividend, divisor) }}
{%- endmacro %}

{% macro default__divide(dividend, divisor) -%}
    {#- cast first: a whole number times a million leaves the range of an integer -#}
    {%- set millionths = 'cast(cast(%s as decimal(38, 6)) * 1000000 as hugeint)' -%}
    {%- set divisor_in_millionths = millionths | format(divisor) -%}
    cast(
        cast(
            sign({{ dividend }}) * (
                (2000000 * {{ millionths | format('abs(' ~ dividend ~ ')') }} + {{ divisor_in_millionths }})
                // (2 * nullif({{ divisor_in_millionths }}, 0))
            ) as decimal(38, 0)
        ) * 0.000001 as decimal(28, 6)
    )
{%- endmacro %}

{% macro duckdb__divide(dividend, divisor) -%}
    {{ checked_quotient(dividend, '1', divisor, default__divide(dividend, divisor)) }}
{%- endmacro %}

{% macro postgres__divide(dividend, divisor) -%}
    {%- set millionths = '(cast(%s as decimal(38, 6)) * 1000000)' -%}
    {%- set divisor_in_millionths = millionths | format(divisor) -%}
    cast(
        sign({{ dividend }}) * div(
            2000000 * {{ millionths | format('abs(' ~ dividend ~ ')') }} + {{ divisor_in_millionths }},
            2 * nullif({{ divisor_in_millionths }}, 0)
        ) * 0.000001 as decimal(28, 6)
    )
{%- endmacro %}

{#- Numbers this wide are divided to six decimals there, rounded once. -#}
{% macro spark__divide(dividend, divisor) -%}
    cast(
        cast({{ dividend }} as decimal(38, 6)) / nullif(cast({{ divisor }} as decimal(38, 6)), 0)
        as decimal(28, 6)
    )
{%- endmacro %}
