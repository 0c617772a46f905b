{#-
    One divided by a positive decimal(28, 12), as decimal(28, 12): the engines divide decimals as floating
    point or with digits of their own.
-#}
{% macro reciprocal(number) -%}
    {{ adapter.dispatch('reciprocal')(number) }}
{%- endmacro %}

{#- In whole numbers of 10^-12: 10^24 over the number, and a half more before it is cut. -#}
{% macro default__reciprocal(number) -%}
    {%- set divisor = 'cast(' ~ number ~ ' * 1000000000000 as hugeint)' -%}
    cast(
        cast(
            (2 * cast(1000000000000000000000000 as hugeint) + {{ divisor }}) // (2 * {{ divisor }})
            as decimal(38, 0)
        ) * 0.000000000001 as decimal(28, 12)
    )
{%- endmacro %}

{% macro postgres__reciprocal(number) -%}
    cast(round(1 / cast({{ number }} as decimal(38, 24)), 12) as decimal(28, 12))
{%- endmacro %}

{% macro spark__reciprocal(number) -%}
    cast(cast(1 as decimal(38, 18)) / {{ number }} as decimal(28, 12))
{%- endmacro %}
