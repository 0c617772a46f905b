with

figures as (

    {% for entry in kpi_catalogue() -%}
    {% set is_last_kpi = loop.last -%}
    {% for column_name, name_en, name_tr, unit in entry.figures -%}
    select
        cast('{{ entry.kpi }}' as {{ dbt.type_string() }}) as kpi,
        {{ loop.index }} as figure_number,
        cast('{{ column_name }}' as {{ dbt.type_string() }}) as column_name,
        cast('{{ name_en }}' as {{ dbt.type_string() }}) as figure_name_en,
        cast('{{ name_tr }}' as {{ dbt.type_string() }}) as figure_name_tr,
        cast('{{ unit }}' as {{ dbt.type_string() }}) as unit
    {{ "union all" if not (loop.last and is_last_kpi) }}
    {% endfor %}
    {%- endfor %}

)

select * from figures
