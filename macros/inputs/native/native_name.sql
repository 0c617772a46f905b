{#-
    What a source's object is called where the exports are: the name of its file or folder of parts
    without the ending, or of its table; none where it is not there. Needs execution.

    Errors: two of them.
-#}
{% macro native_name(source, object) %}
    {% set wanted = [squeezed(object)] %}
    {% for name in native_objects(source)[object].get('other_names', []) %}
        {% do wanted.append(squeezed(name)) %}
    {% endfor %}
    {% set found = [] %}
    {% for name in native_names(source) if squeezed(name) in wanted %}
        {% do found.append(name) %}
    {% endfor %}
    {% if found | length > 1 %}
        {% do exceptions.raise_compiler_error(
            "Input " ~ source ~ "." ~ object ~ ": there are " ~ found | join(' and ') ~ "; keep one"
        ) %}
    {% endif %}
    {{ return(found[0] if found else none) }}
{% endmacro %}
