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
