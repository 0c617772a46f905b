{#- A native column's name in lower case with `_` between its words. -#}
{% macro native_alias(name) %}
    {{ return(modules.re.sub('(?<=[a-z0-9])(?=[A-Z])', '_', name).lower() | replace('__', '_')) }}
{% endmacro %}
