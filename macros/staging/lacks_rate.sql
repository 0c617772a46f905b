{#-
    Whether a currency, given by an SQL expression, has no rate on or before a date. The base
    currency needs none.
-#}
{% macro lacks_rate(currency, rates, converts_on) -%}
    ({{ currency }} <> '{{ setting("base_currency") }}'
    and ({{ rates }}.first_rate_date is null or {{ rates }}.first_rate_date > {{ converts_on }}))
{%- endmacro %}
