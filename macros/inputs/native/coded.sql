{#-
    A native label as the word that the source's map gives it, or the word that it is itself. A label
    that neither knows goes through as it is, and staging rejects it by name; blank is what the map
    says of blank.

    source: whose map, seeds/mappings/<source>.csv; column_name: the code, such as lead_status;
    text: an SQL expression.
-#}
{% macro coded(source, column_name, text) -%}
    {%- set words = value_map(source, column_name) -%}
    {%- set blank = words.pop('', none) -%}
    {%- for word in known_codes(column_name) or [] if word not in words -%}
        {%- do words.update({word: word}) -%}
    {%- endfor -%}
    {%- if words or blank -%}
    case
        {%- if blank %}
        when {{ clean_text(text) }} is null then '{{ blank }}'
        {%- endif %}
        {%- for label, word in words.items() %}
        when {{ clean_code(clean_text(text)) }} = '{{ label | replace("'", "''") }}' then '{{ word }}'
        {%- endfor %}
        else {{ text }}
    end
    {%- else -%}
    {{ text }}
    {%- endif -%}
{%- endmacro %}
