{#- A select of how many rows an input has, counted in the input itself, not in what was made of it. -#}
{% macro raw_row_count(table) %}
    {%- if setting('input_dir') and setting('input_format') == 'csv' and not mapping_of(table) and not is_absent(table) -%}
    select cast(sum(row_count) as bigint) from {{ csv_row_counts() }} where source_table = '{{ table }}'
    {%- else -%}
    select count(*) from {{ input_relation(table) or 'not_read_yet' }}
    {%- endif -%}
{% endmacro %}
