{#-
    The tables of a source that its mapping may read: object -> feeds, columns, fields. One macro for
    each source, `<source>_objects`, holds them all.

    feeds: the inputs that its rows become, none for what is only looked up; an object may be missing
        where all of these are absent, or absent_inputs names it (`salesforce.LeadHistory`).
    columns: native name -> type with `!` for a key and `*` for what must be there, and behind `|`
        other names of the column; types: text, id, date, stamp, number, flag.
    fields: input's column (`accounts.segment`) -> the native column that holds it if the setting
        `fields` names no other; none where companies differ.
    rungs: setting -> values; the object is read only under one of these.
    named_by: the key of the setting `fields` that names the object itself.
    other_names: what the object is called by some loaders.
    labels: native column -> the code that its labels stand for, whose words are in seeds/mappings.
    is_optional: may be missing without a word.
-#}
{% macro native_objects(source) %}
    {{ return({
        'salesforce': salesforce_objects,
        'workday': workday_objects,
        'bamboohr': bamboohr_objects,
    }[source]()) }}
{% endmacro %}
