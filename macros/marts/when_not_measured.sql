{#- The branches of a `case` that call the KPIs not measured which rest on an absent input. -#}
{% macro when_not_measured(kpi) -%}
    {%- for entry in kpi_catalogue() if entry.figures[0][0] in figures_not_measured(entry.kpi) %}
    when {{ kpi }} = '{{ entry.kpi }}' then 'not_measured'
    {%- endfor -%}
{%- endmacro %}
