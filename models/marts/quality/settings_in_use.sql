with

settings_in_use as (

    select
        cast('inputs' as {{ dbt.type_string() }}) as setting,
        cast(
            '{{ "seeds" if inputs_are_seeds() else "schema" if setting("input_schema")
                else setting("input_format") }}' as {{ dbt.type_string() }}
        ) as setting_value
    union all

    {% for name in setting_rules() if not name.startswith('input_') -%}
    {%- set value = setting(name) -%}
    select
        cast('{{ name }}' as {{ dbt.type_string() }}) as setting,
        cast(
            '{{ value if value is string or value is not iterable else value | join(", ") }}'
            as {{ dbt.type_string() }}
        ) as setting_value
    {{ "union all" if not loop.last }}
    {% endfor %}

)

select * from settings_in_use
