{#-
    A native name in the one spelling in which all others meet: `OwnerId`, `ownerid`, `owner_id` and
    `total_value_c` for `Total_Value__c`.
-#}
{% macro squeezed(name) %}
    {{ return(name | lower | replace('_', '')) }}
{% endmacro %}
