{#- The value at a place, from 1 on, among a group's values in ascending order, nulls last; null where there is none. -#}
{% macro nth_smallest(column, place) -%}
    {{ adapter.dispatch('nth_smallest')(column, place) }}
{%- endmacro %}

{% macro default__nth_smallest(column, place) -%}
    (list({{ column }} order by {{ column }} nulls last))[{{ place }}]
{%- endmacro %}

{% macro postgres__nth_smallest(column, place) -%}
    (array_agg({{ column }} order by {{ column }}))[{{ place }}]
{%- endmacro %}

{#- Its lists leave nulls out and count from 0. -#}
{% macro spark__nth_smallest(column, place) -%}
    get(sort_array(collect_list({{ column }})), cast({{ place }} - 1 as int))
{%- endmacro %}
