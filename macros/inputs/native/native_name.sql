{#-
    What a source's object is called where the exports are: the name of its file or folder of parts
    without the ending, or of its table; none where it is not there. Needs execution.
-#}
{% macro native_name(source, object) %}
    {% set wanted = [squeezed(object)] %}
    {% for name in native_objects(source)[object].get('other_names', []) %}
        {% do wanted.append(squeezed(name)) %}
    {% endfor %}
    {% for name in native_names(source) if squeezed(name) in wanted %}
        {{ return(name) }}
    {% endfor %}
    {{ return(none) }}
{% endmacro %}
