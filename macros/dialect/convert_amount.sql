{#-
    An amount times one rate over another, as decimal(28, 6), rounded half away from zero.

    amount: at most 15 digits before the point and 12 behind it, like both rates. Whole-number
        arithmetic, so that engines agree to the last digit. A product that does not fit is an
        error, not a wrong number.
-#}
{% macro convert_amount(amount, from_rate, to_rate) -%}
    {{ adapter.dispatch('convert_amount')(amount, from_rate, to_rate) }}
{%- endmacro %}

{#- The product of all digits needs more than the 38 that there are: units first, then what they leave and the rest. -#}
{% macro default__convert_amount(amount, from_rate, to_rate) -%}
    {%- set units = 'cast(trunc(abs(' ~ amount ~ ')) as hugeint)' -%}
    {%- set rest = 'cast((abs(' ~ amount ~ ') - trunc(abs(' ~ amount ~ '))) * 1000000000000 as hugeint)' -%}
    {%- set rate = 'cast(' ~ from_rate ~ ' * 1000000000000 as hugeint)' -%}
    {%- set divisor = 'cast(' ~ to_rate ~ ' * 1000000000000 as hugeint) * 1000000' -%}
    cast(
        cast(
            sign({{ amount }}) * (
                {{ units }} * {{ rate }} // ({{ divisor }}) * 1000000000000
                + (
                    2 * ({{ units }} * {{ rate }} % ({{ divisor }}) * 1000000000000 + {{ rest }} * {{ rate }})
                    + {{ divisor }}
                ) // (2 * {{ divisor }})
            ) as decimal(38, 0)
        ) * 0.000001 as decimal(28, 6)
    )
{%- endmacro %}

{% macro duckdb__convert_amount(amount, from_rate, to_rate) -%}
    {{ checked_quotient(amount, from_rate, to_rate, default__convert_amount(amount, from_rate, to_rate)) }}
{%- endmacro %}

{#- Numbers have as many digits as it takes there. -#}
{% macro postgres__convert_amount(amount, from_rate, to_rate) -%}
    cast(
        sign({{ amount }}) * div(
            2000000 * abs({{ amount }}) * {{ from_rate }} + {{ to_rate }}, 2 * {{ to_rate }}
        ) * 0.000001 as decimal(28, 6)
    )
{%- endmacro %}

{#-
    As on DuckDB, with decimals of 38 digits for whole numbers; `div` gives 64 bits there, so what
    the remainder leaves is divided. A product that does not fit is null there, which the tests of
    the facts find.
-#}
{% macro spark__convert_amount(amount, from_rate, to_rate) -%}
    {%- set whole = 'cast(%s as decimal(38, 0))' -%}
    {%- set quotient = 'cast((%(a)s - %(a)s %% (%(b)s)) / (%(b)s) as decimal(38, 0))' -%}
    {%- set units = whole | format('floor(abs(' ~ amount ~ '))') -%}
    {%- set rest = whole | format('(abs(' ~ amount ~ ') - floor(abs(' ~ amount ~ '))) * 1000000000000') -%}
    {%- set rate = whole | format(from_rate ~ ' * 1000000000000') -%}
    {%- set divisor = whole | format(whole | format(to_rate ~ ' * 1000000000000') ~ ' * 1000000') -%}
    {%- set product = whole | format(units ~ ' * ' ~ rate) -%}
    {%- set remainder = whole | format(
        '2 * (' ~ product ~ ' % ' ~ divisor ~ ' * 1000000000000 + ' ~ rest ~ ' * ' ~ rate ~ ') + ' ~ divisor
    ) -%}
    cast(
        sign({{ amount }}) * (
            {{ quotient | format(a=product, b=divisor) }} * 1000000000000
            + {{ quotient | format(a=remainder, b='2 * ' ~ divisor) }}
        ) * 0.000001 as decimal(28, 6)
    )
{%- endmacro %}
