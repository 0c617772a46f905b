{#- The days that belong to the seeds: they end on as_of_date, whenever they are built. -#}
{% macro fixture_dates() %}
    {{ return({
        'as_of_date': modules.datetime.date(2026, 11, 15),
        'reporting_start_date': modules.datetime.date(2023, 1, 1),
    }) }}
{% endmacro %}
