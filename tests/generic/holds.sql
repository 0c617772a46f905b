{#- Every claim is true of every row; a claim that is null is not true. The answer names the claims that fail. -#}
{% test holds(model, claims) %}

with

judged_rows as (

    select
        model_rows.*,
        {%- for claim in claims %}
        case when {{ claim }} then '' else '[{{ claim | replace("'", "''") }}] ' end
        {{- " ||" if not loop.last }}
        {%- endfor %} as broken_claims
    from {{ model }} as model_rows

)

select * from judged_rows
where broken_claims <> ''

{% endtest %}
