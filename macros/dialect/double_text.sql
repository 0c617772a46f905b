{#-
    A number in double precision as text without an exponent, to twelve decimals. What is no number
    (infinity, NaN) and what is too large keep their own text.
-#}
{% macro double_text(column) -%}
    {{ return(adapter.dispatch('double_text')(column)) }}
{%- endmacro %}

{% macro default__double_text(column) -%}
    coalesce(
        cast(try_cast({{ column }} as decimal(38, 12)) as {{ dbt.type_string() }}),
        cast({{ column }} as {{ dbt.type_string() }})
    )
{%- endmacro %}

{#-
    A cast that fails is an error there. NaN is greater than all numbers. By way of the shortest text:
    a cast of its own keeps 15 digits, of real 6.
-#}
{% macro postgres__double_text(column) -%}
    case
        when {{ column }} > -1e26 and {{ column }} < 1e26
            then cast(cast(cast({{ column }} as text) as decimal(38, 12)) as text)
        else cast({{ column }} as text)
    end
{%- endmacro %}
