{#-
    An input's rows, each parsed and judged: the columns of the contract in their types, and for a
    rejected row reject_reasons (sorted, joined by `,`), row_key and raw_row. What passes has null
    in these three.

    table: the input, such as crm.leads.
    reject_when: reason -> condition over the parsed columns, for the rules of this table alone.
        invalid_<column> says that a value was there and did not parse.
    converts_on: the date on which the row's money is converted, where it needs an exchange rate.
-#}
{% macro checked_rows(table, reject_when={}, converts_on=none) %}
    {%- set columns = input_columns(table) -%}
    {%- set typed_columns = columns | rejectattr('type', 'in', ['text', 'label', 'currency']) | list -%}
    {%- set names = columns | map(attribute='name') | list -%}
    {%- set keys = columns | selectattr('is_key') | map(attribute='name') | list -%}

    {%- set reasons = {} -%}
    {%- for column in columns if column.is_required -%}
        {%- set missing = column.name ~ ' is null' -%}
        {%- if column in typed_columns -%}
            {%- set missing = missing ~ ' and not invalid_' ~ column.name -%}
        {%- endif -%}
        {%- do reasons.update({'missing_' ~ column.name: missing}) -%}
    {%- endfor -%}
    {%- for column in typed_columns -%}
        {%- do reasons.update({'invalid_' ~ column.name: 'invalid_' ~ column.name}) -%}
    {%- endfor -%}
    {%- do reasons.update(reject_when) -%}

with

raw_rows as (

    {{ raw_rows(table) }}

),

-- extra columns are in raw_row alone: their names are anybody's
trimmed_rows as (

    select
        {%- for name in names %}
        {{ clean_text('raw_rows.' ~ adapter.quote(name)) }} as trimmed_{{ name }},
        {%- endfor %}
        {%- for name in names if name in keys %}
        coalesce({{ adapter.quote(name) }}, ''){{ " || '|' ||" if not loop.last else " as row_key," }}
        {%- endfor %}
        {% for name in names -%}
        coalesce({{ adapter.quote(name) }}, ''){{ " || '|' || " if not loop.last else " as untrimmed_row," }}
        {%- endfor %}
        {{ json_object(relation_columns(table) | map(attribute='name') | list if execute else names) }} as raw_row
    from raw_rows

),

parsed_rows as (

    select
        {%- for column in columns %}
        {%- set text = 'trimmed_' ~ column.name %}
        {%- if column.type == 'text' %}
        {{ text }} as {{ column.name }},
        {%- elif column.type == 'label' %}
        {{ clean_code(text) }} as {{ column.name }},
        {%- elif column.type == 'currency' %}
        upper({{ text }}) as {{ column.name }},
        {%- elif column.type == 'code' %}
        {{ clean_code(text) }} as cast_{{ column.name }},
        {%- elif column.type == 'date' %}
        {{ parse_date(text) }} as cast_{{ column.name }},
        {%- elif column.type == 'stamp' %}
        {{ parse_stamp(text) }} as cast_{{ column.name }},
        {%- elif column.type == 'number' %}
        {{ parse_number(text) }} as cast_{{ column.name }},
        {%- endif %}
        {%- endfor %}
        {%- for column in columns %}
        trimmed_{{ column.name }},
        {%- endfor %}
        row_key,
        untrimmed_row,
        raw_row
    from trimmed_rows

),

typed_rows as (

    select
        {%- for column in columns %}
        {%- set value = 'cast_' ~ column.name %}
        {%- set text = 'trimmed_' ~ column.name %}
        {%- if column not in typed_columns %}
        {{ column.name }},
        {%- elif column.type == 'code' %}
        case when {{ value }} in {{ sql_list(known_codes(column.code)) }} then {{ value }} end as {{ column.name }},
        {{ value }} is not null and {{ value }} not in {{ sql_list(known_codes(column.code)) }}
            as invalid_{{ column.name }},
        {%- elif column.type == 'number' %}
        {{ value }} as {{ column.name }},
        {{ text }} is not null and {{ value }} is null as invalid_{{ column.name }},
        {%- else %}
        case when {{ text }} not like '9999%' then {{ value }} end as {{ column.name }},
        {{ text }} is not null and {{ value }} is null as invalid_{{ column.name }},
        {%- endif %}
        {%- endfor %}
        {% for name in names -%}
        coalesce(trimmed_{{ name }}, ''){{ " || '|' || " if not loop.last }}
        {%- endfor %} as trimmed_row,
        untrimmed_row,
        row_key,
        raw_row
    from parsed_rows

),

judged_rows as (

    select
        typed_rows.*,
        nullif(ltrim(
            {%- for reason, condition in reasons | dictsort %}
            case when {{ condition }} then ',{{ reason }}' else '' end{{ " ||" if not loop.last }}
            {%- endfor %},
            ','
        ), '') as broken_rules
    from typed_rows

),
{%- if converts_on %}

first_rates as (

    select
        currency,
        min(rate_date) as first_rate_date
    from {{ ref('stg_reference__exchange_rates') }}
    where currency <> '{{ setting("base_currency") }}'
    group by currency

),

rated_rows as (

    select
        judged_rows.*,
        case
            when judged_rows.broken_rules is null
                and judged_rows.currency <> '{{ setting("reporting_currency") }}'
                and (
                    {{ lacks_rate('judged_rows.currency', 'own_rates', converts_on) }}
                    or {{ lacks_rate("'" ~ setting('reporting_currency') ~ "'", 'reporting_rates', converts_on) }}
                )
                then 'no_exchange_rate'
        end as missing_rate
    from judged_rows
    left join first_rates as own_rates on judged_rows.currency = own_rates.currency
    left join first_rates as reporting_rates on reporting_rates.currency = '{{ setting("reporting_currency") }}'

),
{%- else %}

rated_rows as (

    select
        judged_rows.*,
        cast(null as varchar) as missing_rate
    from judged_rows

),
{%- endif %}

-- only rows that pass everything else compete for a key; the last terms make the pick certain whatever the order
ranked_rows as (

    select
        rated_rows.*,
        row_number() over (
            partition by {{ keys | join(', ') }}, coalesce(broken_rules, missing_rate) is null
            order by
                {%- if 'updated_at' in names %}
                updated_at desc nulls last,
                {%- endif %}
                {{ by_code_point('trimmed_row') }},
                {{ by_code_point('untrimmed_row') }},
                {{ by_code_point('raw_row') }}
        ) as place_for_key
    from rated_rows

),

checked_rows as (

    select
        {%- for name in names %}
        {{ name }},
        {%- endfor %}
        row_key,
        raw_row,
        coalesce(
            broken_rules,
            missing_rate,
            case when place_for_key > 1 then 'duplicate_key' end
        ) as reject_reasons
    from ranked_rows

)

select
    {%- for name in names %}
    {{ name }},
    {%- endfor %}
    reject_reasons,
    case when reject_reasons is not null then row_key end as row_key,
    case when reject_reasons is not null then raw_row end as raw_row
from checked_rows
{%- endmacro %}
