{#-
    A typed column of a Parquet file or a warehouse as text in the form that the inputs' rules
    know.

    column: its quoted name; type: its type in lower case; wanted: the type that the contract
        gives it.
-#}
{% macro text_of(column, type, wanted) %}
    {% if type.startswith('timestamp') %}
        {% set in_utc = column %}
        {% if 'with time zone' in type or type == 'timestamptz' %}
            {% set in_utc = 'timezone(\'UTC\', ' ~ column ~ ')' %}
        {% endif %}
        {% if wanted == 'date' %}
            {{ return(
                "case when " ~ in_utc ~ " = cast(" ~ in_utc ~ " as date) then cast(cast(" ~ in_utc
                ~ " as date) as varchar) else cast(" ~ in_utc ~ " as varchar) end"
            ) }}
        {% endif %}
        {{ return('cast(' ~ in_utc ~ ' as varchar)') }}
    {% elif type in ['double', 'float', 'real', 'double precision'] and wanted == 'number' %}
        {# a double's own text may have an exponent, which a number must not have; inf and nan keep theirs #}
        {{ return(
            "coalesce(cast(try_cast(" ~ column ~ " as decimal(38, 12)) as varchar), cast(" ~ column
            ~ " as varchar))"
        ) }}
    {% elif type in ['varchar', 'text', 'string', 'character varying'] %}
        {{ return(column) }}
    {% endif %}
    {{ return('cast(' ~ column ~ ' as varchar)') }}
{% endmacro %}
