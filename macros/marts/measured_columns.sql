{#-
    The columns of a KPI's last step, for `select`: all as they are, but for figures that rest on an
    absent input. What is not measured is null, not the zero that counting nothing gives.
-#}
{% macro measured_columns(kpi) -%}
    {%- set not_measured = figures_not_measured(kpi) -%}
    {%- if not not_measured -%}
        *
    {%- else -%}
        {%- for name in [
            'period_grain', 'period_start', 'period_end', 'is_complete', 'dimension', 'dimension_value',
        ] %}
        {{ name }},
        {%- endfor %}
        {%- for figure in (kpi_catalogue() | selectattr('kpi', 'equalto', kpi) | first).figures %}
        {%- if figure[0] in not_measured %}
        case when 1 = 0 then {{ figure[0] }} end as {{ figure[0] }}
        {%- else %}
        {{ figure[0] }}
        {%- endif %}
        {{- "," if not loop.last }}
        {%- endfor %}
    {%- endif -%}
{%- endmacro %}
