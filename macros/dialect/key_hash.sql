{#-
    A whole number that is the same wherever the texts are the same. Different texts may share one:
    good for finding what might be equal, not for telling that it is.
-#}
{% macro key_hash(texts) -%}
    {{ adapter.dispatch('key_hash')(texts) }}
{%- endmacro %}

{% macro default__key_hash(texts) -%}
    hash({{ texts | join(', ') }})
{%- endmacro %}

{% macro postgres__key_hash(texts) -%}
    hashtextextended(
        {%- for text in texts %}
        coalesce({{ text }}, ''){{ " || '|' ||" if not loop.last }}
        {%- endfor %}, 0
    )
{%- endmacro %}

{% macro spark__key_hash(texts) -%}
    xxhash64({{ texts | join(', ') }})
{%- endmacro %}
