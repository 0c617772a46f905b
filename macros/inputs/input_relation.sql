{#-
    What to select an input's raw rows from: a seed, a file, a table of the warehouse, or what a mapping
    has made of a source's exports. The one place where inputs come in.

    table: an input such as crm.leads, or a source's object such as salesforce.Lead.
-#}
{% macro input_relation(table) %}
    {% set source, object = table.split('.') %}
    {% if is_absent(table) %}
        {% set columns = [] %}
        {% for column in input_columns(table) %}
            {% do columns.append('cast(null as ' ~ dbt.type_string() ~ ') as ' ~ column.name) %}
        {% endfor %}
        {{ return('(select ' ~ columns | join(', ') ~ ' where 1 = 0) as absent_rows') }}
    {% elif mapping_of(table) %}
        {{ return(
            '(select * from ' ~ ref(mapping_of(table) ~ '__' ~ object)
            ~ ' where excluded_because is null) as mapped_rows'
        ) }}
    {% elif inputs_are_seeds() %}
        {{ return(ref('raw_' ~ table | replace('.', '__'))) }}
    {% elif source in native_sources() and not setting('input_dir') %}
        {% if execute %}
            {{ return(native_schema(source).incorporate(
                path={'identifier': native_name(source, object) or object}, type='table'
            )) }}
        {% endif %}
    {% elif setting('input_schema') %}
        {{ return(api.Relation.create(
            database=setting('input_database') or target.database | default(none),
            schema=setting('input_schema'),
            identifier=table | replace('.', '_')
        )) }}
    {% elif execute %}
        {% set parts = input_parts(table) %}
        {% if setting('input_format') == 'parquet' %}
            {{ return(read_parquet(parts)) }}
        {% endif %}
        {{ return(read_csv(parts, csv_header(table, parts[0]))) }}
    {% endif %}
{% endmacro %}
