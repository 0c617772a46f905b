{#- The reading of an input's Parquet files, for `from`. -#}
{% macro read_parquet(parts) %}
    {% set options = ', union_by_name = true' if parts | length > 1 else '' %}
    {{ return('read_parquet(' ~ sql_files(parts) ~ options ~ ')') }}
{% endmacro %}
