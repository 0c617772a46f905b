with

settings_in_use as (

    select
        cast('inputs' as {{ dbt.type_string() }}) as setting,
        cast(
            '{{ "seeds" if inputs_are_seeds() else "schema" if setting("input_schema")
                else setting("input_format") }}' as {{ dbt.type_string() }}
        ) as setting_value
    union all

    {% for name, value in settings_given().items() -%}
    select
        cast('{{ name }}' as {{ dbt.type_string() }}) as setting,
        cast('{{ value }}' as {{ dbt.type_string() }}) as setting_value
    {{ "union all" if not loop.last }}
    {% endfor %}

)

select * from settings_in_use
