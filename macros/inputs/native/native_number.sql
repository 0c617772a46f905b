{#-
    A native number as text. Data Loader writes numbers of seven digits and more as Java does, `8.0E7`:
    they are written out; what is written in another way stays as it is.
-#}
{% macro native_number(text) -%}
    case
        when {{ matches(text, '-?[1-9][.][0-9]{1,17}E([7-9]|1[0-9]|-[4-9])') }}
            then cast(cast({{ text }} as decimal(38, 12)) as {{ dbt.type_string() }})
        else {{ text }}
    end
{%- endmacro %}
