{#-
    Days between reaching a stage and reaching a later one; 0 where the later one is recorded first,
    null where either is not recorded.
-#}
{% macro days_in_stage(reached_on, left_on) -%}
    case
        when {{ left_on }} < {{ reached_on }} then 0
        else {{ days_between(reached_on, left_on) }}
    end
{%- endmacro %}
