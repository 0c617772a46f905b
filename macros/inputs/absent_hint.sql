{#- What the error of an input that is not there says behind it. -#}
{% macro absent_hint() %}
    {{ return("; if it does not exist, say so with the setting absent_inputs") }}
{% endmacro %}
