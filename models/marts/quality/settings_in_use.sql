with

settings_in_use as (

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
