{#-
    A number in real or double precision as text without an exponent, to twelve decimals. What is no
    number (infinity, NaN) and what is too large keep their own text.

    By way of the shortest text that is this number: a cast of its own to a decimal keeps 15 digits on
    PostgreSQL, of real 6, and DuckDB's multiplies in binary, so that …234.56 becomes …234.559654821888.
-#}
{% macro double_text(column) -%}
    {#- NaN is greater than all numbers -#}
    case
        when {{ column }} > -1e26 and {{ column }} < 1e26
            then cast(
                cast(cast({{ column }} as {{ dbt.type_string() }}) as decimal(38, 12))
                as {{ dbt.type_string() }}
            )
        else cast({{ column }} as {{ dbt.type_string() }})
    end
{%- endmacro %}
