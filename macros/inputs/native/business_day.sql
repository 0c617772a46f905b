{#- The day of a native stamp in the business time zone, as text; what is no stamp stays as it is. -#}
{% macro business_day(text) -%}
    coalesce(cast({{ business_date(parse_stamp(text)) }} as {{ dbt.type_string() }}), {{ text }})
{%- endmacro %}
