{#-
    A Salesforce id of 18 signs. Reports export the first 15, in which capitals matter; the last three
    say, five letters each, which letters are capitals. What is no such id stays as it is.
-#}
{% macro salesforce_id(text) -%}
    case
        when length({{ text }}) = 15 and {{ matches(text, '[0-9A-Za-z]{15}') }}
            then {{ text }}
            {%- for chunk in range(3) %}
                || substring(
                    'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345',
                    1
                    {%- for place in range(5) %}
                    + case when substring({{ text }}, {{ 5 * chunk + place + 1 }}, 1) between 'A' and 'Z' then {{ 2 ** place }} else 0 end
                    {%- endfor %},
                    1
                )
            {%- endfor %}
        else {{ text }}
    end
{%- endmacro %}
