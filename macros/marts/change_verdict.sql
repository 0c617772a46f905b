{#- Whether a change of a KPI is better, worse or none (same); null where there is no change to judge. -#}
{% macro change_verdict(change, better) -%}
    cast(
        case
            when {{ change }} is null then null
            when {{ change }} = 0 then 'same'
            when ({{ better }} = 'higher') = ({{ change }} > 0) then 'better'
            else 'worse'
        end as {{ dbt.type_string() }}
    )
{%- endmacro %}
