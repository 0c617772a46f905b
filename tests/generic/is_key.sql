{#-
    The columns together are the model's grain: none of them null, no combination twice.

    Ten million keys are many to hold: what might stand twice is found by its hash, and only that is
    compared.
-#}
{% test is_key(model, columns) %}

{%- set texts = [] -%}
{%- for column in columns -%}
    {%- do texts.append('cast(' ~ column ~ ' as ' ~ dbt.type_string() ~ ')') -%}
{%- endfor %}

with

repeated_hashes as (

    select key_hash
    from (select {{ key_hash(texts) }} as key_hash from {{ model }}) as hashed_keys
    group by key_hash
    having count(*) > 1

),

rows_per_key as (

    select
        {{ columns | join(', ') }},
        count(*) as number_of_rows
    from {{ model }}
    where
        {{ key_hash(texts) }} in (select repeated_hashes.key_hash from repeated_hashes)
        {%- for column in columns %}
        or {{ column }} is null
        {%- endfor %}
    group by {{ columns | join(', ') }}

)

select * from rows_per_key
where
    number_of_rows > 1
    {%- for column in columns %}
    or {{ column }} is null
    {%- endfor %}

{% endtest %}
