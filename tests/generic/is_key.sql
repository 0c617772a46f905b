{#- The columns together are the model's grain: none of them null, no combination twice. -#}
{% test is_key(model, columns) %}

with

rows_per_key as (

    select
        {{ columns | join(', ') }},
        count(*) as number_of_rows
    from {{ model }}
    group by {{ columns | join(', ') }}

)

select * from rows_per_key
where
    number_of_rows > 1
    {%- for column in columns %}
    or {{ column }} is null
    {%- endfor %}

{% endtest %}
