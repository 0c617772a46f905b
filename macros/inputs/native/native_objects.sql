{#-
    The tables of a source that its mapping may read: object -> feeds, columns, fields. One macro for
    each source, `<source>_objects`, holds them all.

    feeds: the inputs that its rows become, none for what is only looked up.
    looked_up_for: the inputs whose rows are joined with it. An object may be missing where all inputs
        of both kinds are absent, or absent_inputs names it (`salesforce.LeadHistory`).
    columns: native name -> type with `!` for a key and `*` for what must be there, and behind `|`
        other names of the column; types: text, id, date, stamp, number, flag.
    fields: input's column (`accounts.segment`) -> the native column that holds it if the setting
        `fields` names no other; none where companies differ; with `*` what must be there, and `*`
        alone what the setting must name.
    one_of, one_of_because: native names of which the object must have at least one, and why.
    rungs: setting -> values; the object is read only under one of these.
    named_by: the key of the setting `fields` that names the object itself.
    other_names: what the object is called by some loaders.
    labels: native column -> the code that its labels stand for, whose words are in seeds/mappings;
        labels_where: of a history of many fields, column -> value of the rows that hold such labels.
    is_optional: may be missing without a word.
    needed_with: an object with which this one may not be missing.
    instead_of: an object of which this one takes the place; both at once are an error.
-#}
{% macro native_objects(source) %}
    {# each called by its name: dbt looks for the macros of a data test in the text #}
    {% if source == 'salesforce' %}
        {{ return(salesforce_objects()) }}
    {% elif source == 'hubspot' %}
        {{ return(hubspot_objects()) }}
    {% elif source == 'workday' %}
        {{ return(workday_objects()) }}
    {% elif source == 'bamboohr' %}
        {{ return(bamboohr_objects()) }}
    {% endif %}
    {{ return(logo_objects()) }}
{% endmacro %}
