{#-
    What a source's map says of a code: cleaned label -> word. The map is a seed that users edit.

    Errors: a code that there is none of, all words that the code does not have, a label with two words,
    a map that was never loaded.
-#}
{% macro value_map(source, column_name) %}
    {% set map = ref(source) %}
    {% set words = {} %}
    {% set is_there = execute and load_relation(map) is not none %}
    {% if execute and not is_there and flags.WHICH in ['build', 'run'] %}
        {% do exceptions.raise_compiler_error(
            "The map " ~ map ~ " is not loaded: `dbt build` loads seeds/mappings/" ~ source ~ ".csv, `dbt run` does not"
        ) %}
    {% endif %}
    {% if is_there %}
        {% set file = "seeds/mappings/" ~ source ~ ".csv: " %}
        {% for row in run_query("select distinct column_name from " ~ map ~ " order by 1").rows %}
            {% if not known_codes(row[0]) and row[0] != 'employee_id' %}
                {% do exceptions.raise_compiler_error(file ~ "there is no code '" ~ (row[0] or '') ~ "'") %}
            {% endif %}
        {% endfor %}
        {% set place = file ~ column_name ~ " " %}
        {% set unknown = [] %}
        {% for row in run_query(
            "select native_value, code from " ~ map ~ " where column_name = '" ~ column_name ~ "' order by 1, 2"
        ).rows %}
            {% set label = clean_label(row[0] or '') %}
            {% set word = clean_label(row[1] or '') %}
            {% if known_codes(column_name) and word not in known_codes(column_name) %}
                {% do unknown.append("'" ~ (row[0] or '') ~ "' has the code '" ~ (row[1] or '') ~ "'") %}
            {% elif words.get(label, word) != word %}
                {% do exceptions.raise_compiler_error(
                    place ~ "'" ~ row[0] ~ "' has two codes: " ~ words[label] ~ " and " ~ word
                ) %}
            {% endif %}
            {% do words.update({label: word}) %}
        {% endfor %}
        {% if unknown %}
            {% do exceptions.raise_compiler_error(
                place ~ unknown | join(', ') ~ "; known are " ~ known_codes(column_name) | join(', ')
            ) %}
        {% endif %}
    {% endif %}
    {{ return(words) }}
{% endmacro %}
