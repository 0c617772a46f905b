{#-
    An amount times one rate over another, as decimal(28, 6).

    The product of two decimals with twelve places does not fit into 38 digits, so it is taken in
    double precision, which keeps fifteen.
-#}
{% macro convert_amount(amount, from_rate, to_rate) -%}
    cast(cast({{ amount }} as double) * cast({{ from_rate }} as double) / cast({{ to_rate }} as double) as decimal(28, 6))
{%- endmacro %}
