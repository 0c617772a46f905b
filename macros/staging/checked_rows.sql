{#-
    An input's rows, each parsed and judged: the columns of the contract in their types, and for a
    rejected row reject_reasons (sorted, joined by `,`), row_key and raw_row. What passes has null
    in these three.

    table: the input, such as crm.leads.
    reject_when: reason -> condition over the parsed columns, for the rules of this table alone.
        invalid_<column> says that a value was there and did not parse.
    converts_on: the date on which the row's money is converted, where it needs an exchange rate.

    Written for ten million rows: one pass over the keys finds those that stand more than once, and
    only their rows are sorted; texts are joined for rejected rows alone. The steps are inlined,
    so that no engine keeps all rows between two of them.
-#}
{% macro checked_rows(table, reject_when={}, converts_on=none) %}
    {%- set columns = input_columns(table) -%}
    {%- set typed_columns = columns | rejectattr('type', 'in', ['text', 'label', 'currency']) | list -%}
    {%- set names = columns | map(attribute='name') | list -%}
    {%- set keys = columns | selectattr('is_key') | map(attribute='name') | list -%}
    {%- set columns_there = raw_columns(table) -%}

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

    {#- Equal keys have equal hashes; a stamp is left out, since parsing it costs more than it parts. -#}
    {%- set key_texts = [] -%}
    {%- for column in columns if column.is_key and column.type != 'stamp' -%}
        {%- set text = clean_text('raw_' ~ column.name) -%}
        {%- if column.type in ['code', 'label'] -%}
            {%- set text = clean_code(text) -%}
        {%- elif column.type == 'currency' -%}
            {%- set text = upper_case(text) -%}
        {%- endif -%}
        {%- do key_texts.append(text) -%}
    {%- endfor -%}

with

raw_rows as {{ inlined() }} (

    {{ raw_rows(table) }}

),

repeated_keys as (

    select key_hash
    from (select {{ key_hash(key_texts) }} as key_hash from raw_rows) as hashed_keys
    group by key_hash
    having count(*) > 1

),

marked_rows as {{ inlined() }} (

    select
        raw_rows.*,
        {{ key_hash(key_texts) }} in (select repeated_keys.key_hash from repeated_keys)
            as is_key_repeated
    from raw_rows

),

trimmed_rows as {{ inlined() }} (

    select
        marked_rows.*,
        {%- for name in names %}
        {{ clean_text('raw_' ~ name) }} as trimmed_{{ name }}{{ "," if not loop.last }}
        {%- endfor %}
    from marked_rows

),

parsed_rows as {{ inlined() }} (

    select
        trimmed_rows.*,
        {%- for column in columns %}
        {%- set text = 'trimmed_' ~ column.name %}
        {% if column.type == 'text' -%}
        {{ text }}
        {%- elif column.type == 'label' -%}
        {{ clean_code(text) }}
        {%- elif column.type == 'currency' -%}
        {{ upper_case(text) }}
        {%- elif column.type == 'code' -%}
        {{ known_code(text, known_codes(column.code)) }}
        {%- elif column.type == 'date' -%}
        {{ parse_date(text) }}
        {%- elif column.type == 'stamp' -%}
        {{ parse_stamp(text) }}
        {%- elif column.type == 'number' -%}
        {{ parse_number(text) }}
        {%- endif %} as {{ 'cast_' if column in typed_columns }}{{ column.name }}{{ "," if not loop.last }}
        {%- endfor %}
    from trimmed_rows

),

typed_rows as {{ inlined() }} (

    select
        parsed_rows.*
        {%- for column in typed_columns %}
        {%- set value = 'cast_' ~ column.name %}
        {%- set text = 'trimmed_' ~ column.name %}
        {%- if column.type in ['code', 'number'] %},
        {{ value }} as {{ column.name }},
        {{ text }} is not null and {{ value }} is null as invalid_{{ column.name }}
        {%- else %},
        case when {{ text }} not like '9999%' then {{ value }} end as {{ column.name }},
        {{ text }} is not null and {{ value }} is null as invalid_{{ column.name }}
        {%- endif %}
        {%- endfor %}
    from parsed_rows

),

judged_rows as {{ inlined() }} (

    select
        typed_rows.*,
        case
            when
                {%- for reason, condition in reasons | dictsort %}
                ({{ condition }}){{ " or" if not loop.last }}
                {%- endfor %}
                then trim(leading ',' from (
                    {%- for reason, condition in reasons | dictsort %}
                    case when {{ condition }} then ',{{ reason }}' else '' end{{ " ||" if not loop.last }}
                    {%- endfor %}
                ))
        end as broken_rules
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

rated_rows as {{ inlined() }} (

    select
        judged_rows.*,
        case
            when judged_rows.broken_rules is not null then judged_rows.broken_rules
            when judged_rows.currency <> '{{ setting("reporting_currency") }}'
                and (
                    {{ lacks_rate('judged_rows.currency', 'own_rates', converts_on) }}
                    or {{ lacks_rate("'" ~ setting('reporting_currency') ~ "'", 'reporting_rates', converts_on) }}
                )
                then 'no_exchange_rate'
        end as reasons_of_its_own
    from judged_rows
    left join first_rates as own_rates on judged_rows.currency = own_rates.currency
    left join first_rates as reporting_rates on reporting_rates.currency = '{{ setting("reporting_currency") }}'

),
{%- else %}

rated_rows as {{ inlined() }} (

    select
        judged_rows.*,
        broken_rules as reasons_of_its_own
    from judged_rows

),
{%- endif %}

-- only rows that pass everything else compete for a key; the last terms make the pick certain whatever the order
ranked_rows as {{ inlined() }} (

    select
        rated_rows.*,
        cast(1 as bigint) as place_for_key
    from rated_rows
    where not is_key_repeated
    union all
    select
        rated_rows.*,
        row_number() over (
            partition by {{ keys | join(', ') }}, reasons_of_its_own is null
            order by
                {%- if 'updated_at' in names %}
                updated_at desc nulls last,
                {%- endif %}
                {{ by_code_point(joined_texts(names, 'trimmed_')) }},
                {{ by_code_point(joined_texts(names, 'raw_')) }},
                {{ by_code_point(json_object(columns_there)) }}
        ) as place_for_key
    from rated_rows
    where is_key_repeated

),

checked_rows as {{ inlined() }} (

    select
        ranked_rows.*,
        coalesce(
            reasons_of_its_own,
            case when place_for_key > 1 then 'duplicate_key' end
        ) as reject_reasons
    from ranked_rows

)

-- a decimal's digits can be lost on the way through a union
select
    {%- for column in columns %}
    {{ 'cast(' ~ column.name ~ ' as decimal(28, 12)) as ' if column.type == 'number' }}{{ column.name }},
    {%- endfor %}
    reject_reasons,
    case when reject_reasons is not null then {{ joined_texts(keys, 'raw_') }} end as row_key,
    case when reject_reasons is not null then {{ json_object(columns_there) }} end as raw_row
from checked_rows
{%- endmacro %}
