with

kpis as (

    {% for entry in kpi_catalogue() -%}
    select
        {{ loop.index }} as kpi_number,
        cast('{{ entry.kpi }}' as {{ dbt.type_string() }}) as kpi,
        cast('{{ entry.name_en }}' as {{ dbt.type_string() }}) as kpi_name_en,
        cast('{{ entry.name_tr }}' as {{ dbt.type_string() }}) as kpi_name_tr,
        cast('{{ entry.definition_en }}' as {{ dbt.type_string() }}) as definition_en,
        cast('{{ entry.definition_tr }}' as {{ dbt.type_string() }}) as definition_tr,
        cast('{{ entry.figures[0][0] }}' as {{ dbt.type_string() }}) as value_column,
        cast('{{ entry.unit }}' as {{ dbt.type_string() }}) as unit,
        cast('{{ entry.better }}' as {{ dbt.type_string() }}) as better
    {{ "union all" if not loop.last }}
    {% endfor %}

)

select * from kpis
