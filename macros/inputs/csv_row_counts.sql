{#- The table in which check_csv_widths() keeps how many rows the CSV files of an input have. -#}
{% macro csv_row_counts() %}
    {{ return(api.Relation.create(
        database=target.database, schema='staging', identifier='csv_row_counts'
    )) }}
{% endmacro %}
