{#-
    Every claim is true of every row; a claim that is null is not true, unless it is about a figure that
    rests on an absent input. The answer names the claims that fail.
-#}
{% test holds(model, claims) %}

{%- set not_measured = [] -%}
{%- for entry in kpi_catalogue() if 'kpi_' not in model.identifier or model.identifier.endswith('kpi_' ~ entry.kpi) -%}
    {%- do not_measured.extend(figures_not_measured(entry.kpi)) -%}
{%- endfor -%}
{%- set claims_to_judge = [] -%}
{%- for claim in claims if not modules.re.search('\\b(' ~ not_measured | join('|') ~ ')\\b', claim) or not not_measured -%}
    {%- do claims_to_judge.append(claim) -%}
{%- endfor %}

with

judged_rows as (

    select
        model_rows.*,
        {%- for claim in claims_to_judge %}
        case when {{ claim }} then '' else '[{{ claim | replace("'", "''") }}] ' end ||
        {%- endfor %}
        '' as broken_claims
    from {{ model }} as model_rows

)

select * from judged_rows
where broken_claims <> ''

{% endtest %}
