{#- The value at a place, from 1 on, among a group's values in ascending order, nulls last; null where there is none. -#}
{% macro nth_smallest(column, place) -%}
    {{ adapter.dispatch('nth_smallest')(column, place) }}
{%- endmacro %}

{% macro default__nth_smallest(column, place) -%}
    (list({{ column }} order by {{ column }} nulls last))[{{ place }}]
{%- endmacro %}
