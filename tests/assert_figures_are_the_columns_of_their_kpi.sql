-- the catalogue names every column of every KPI after the period and the dimension, in their order
with

figures as (

    select
        kpi,
        figure_number,
        column_name
    from {{ ref('dim_kpi_figures') }}

),

columns_of_kpis as (

    {% for kpi, place, column_name in figure_columns_of_kpis() -%}
    select
        '{{ kpi }}' as kpi,
        {{ place }} as figure_number,
        '{{ column_name }}' as column_name
    {{ "union all" if not loop.last }}
    {% endfor %}

),

figures_without_a_column as (

    select * from figures
    except
    select * from columns_of_kpis

),

columns_without_a_figure as (

    select * from columns_of_kpis
    except
    select * from figures

)

select * from figures_without_a_column
union all
select * from columns_without_a_figure
