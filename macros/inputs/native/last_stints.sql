{#-
    The CTEs in which each employee stands once; the last one, employees, has the columns of a mapping.

    Of two rows for one number staging keeps what was updated last; where that does not tell, the last
    stint counts, and of one hire the row without an end. The others are left out as `earlier_stint`.

    employees: a CTE with the columns of hr.employees, native_table, native_id and excluded_because.
-#}
{% macro last_stints(employees) -%}
comparable_employees as (

    select
        *,
        {{ clean_text('employee_id') }} as employee_key,
        {{ parse_date('hire_date') }} as hired_on,
        {{ parse_stamp('updated_at') }} as updated,
        excluded_because is null
        and {{ clean_text('employee_id') }} is not null
        and {{ parse_date('hire_date') }} is not null
        and (updated_at is null or {{ parse_stamp('updated_at') }} is not null) as is_comparable
    from {{ employees }}

),

ranked_employees as (

    select
        *,
        rank() over (
            partition by employee_key, updated, is_comparable
            order by hired_on desc, case when termination_date is null then 1 else 2 end
        ) as stint_rank
    from comparable_employees

),

employees as (

    select
        employee_id,
        full_name,
        email,
        phone,
        hire_date,
        termination_date,
        termination_reason,
        annual_salary,
        updated_at,
        native_table,
        native_id,
        case
            when is_comparable and stint_rank > 1 then 'earlier_stint' else excluded_because
        end as excluded_because,
        1 as native_rows
    from ranked_employees

)
{%- endmacro %}
