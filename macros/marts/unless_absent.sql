{#-
    Behind a report's last `select`: no rows at all where an input that it rests on is absent. A zero would
    be read as measured.
-#}
{% macro unless_absent(tables) -%}
    {%- set absent = [] -%}
    {%- for table in tables if is_absent(table) -%}
        {%- do absent.append(table) -%}
    {%- endfor -%}
    {%- if absent %} where 1 = 0{% endif -%}
{%- endmacro %}
