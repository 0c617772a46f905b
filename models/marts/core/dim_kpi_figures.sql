with

figures as (

    select
        cast(figures.kpi as {{ dbt.type_string() }}) as kpi,
        figures.figure_number,
        cast(figures.column_name as {{ dbt.type_string() }}) as column_name,
        cast(figures.name_en as {{ dbt.type_string() }}) as figure_name_en,
        cast(figures.name_tr as {{ dbt.type_string() }}) as figure_name_tr,
        cast(figures.unit as {{ dbt.type_string() }}) as unit
    from (
        values
        {% for entry in kpi_catalogue() -%}
        {% set is_last_kpi = loop.last -%}
        {% for column_name, name_en, name_tr, unit in entry.figures -%}
        (
            '{{ entry.kpi }}',
            {{ loop.index }},
            '{{ column_name }}',
            '{{ name_en }}',
            '{{ name_tr }}',
            '{{ unit }}'
        ){{ "," if not (loop.last and is_last_kpi) }}
        {% endfor -%}
        {% endfor -%}
    ) as figures (kpi, figure_number, column_name, name_en, name_tr, unit)

)

select * from figures
