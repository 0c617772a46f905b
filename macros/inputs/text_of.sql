{#-
    A typed column of a Parquet file or a warehouse as text in the form that the inputs' rules
    know.

    column: its quoted name; type: its type in lower case; wanted: the type that the contract
        gives it.
-#}
{% macro text_of(column, type, wanted) %}
    {% set text = "cast(%s as " ~ dbt.type_string() ~ ")" %}
    {% if type.startswith('timestamp') %}
        {% set in_utc = column %}
        {% if 'with time zone' in type or type == 'timestamptz' %}
            {% set in_utc = 'timezone(\'UTC\', ' ~ column ~ ')' %}
        {% endif %}
        {% if wanted == 'date' %}
            {% set as_date = 'cast(' ~ in_utc ~ ' as date)' %}
            {{ return(
                "case when " ~ in_utc ~ " = " ~ as_date ~ " then " ~ text | format(as_date)
                ~ " else " ~ text | format(in_utc) ~ " end"
            ) }}
        {% endif %}
        {{ return(text | format(in_utc)) }}
    {% elif type in ['double', 'float', 'real', 'double precision'] and wanted == 'number' %}
        {{ return(double_text(column)) }}
    {% elif type in ['varchar', 'text', 'string', 'character varying'] %}
        {{ return(column) }}
    {% endif %}
    {{ return(text | format(column)) }}
{% endmacro %}
