with

spells as (

    select * from {{ ref('fct_sales_spells') }}

),

customer_meetings as (

    select * from {{ ref('fct_activities') }}
    where is_customer_meeting

),

won_opportunities as (

    select * from {{ ref('fct_opportunities') }}
    where outcome = 'won'

),

-- a meeting or a win after the last day, or after as_of_date, is none of this spell's
spells_so_far as (

    select
        *,
        least(
            coalesce(spell_end, {{ sql_date('as_of_date') }}), {{ sql_date('as_of_date') }}
        ) as known_until
    from spells

),

first_meetings as (

    select
        spells_so_far.employee_id,
        spells_so_far.spell_start,
        min(customer_meetings.occurred_on) as first_meeting_on
    from spells_so_far
    inner join customer_meetings
        on
            spells_so_far.employee_id = customer_meetings.employee_id
            and spells_so_far.spell_start <= customer_meetings.occurred_on
            and spells_so_far.known_until >= customer_meetings.occurred_on
    group by spells_so_far.employee_id, spells_so_far.spell_start

),

first_wins as (

    select
        spells_so_far.employee_id,
        spells_so_far.spell_start,
        min(won_opportunities.closed_on) as first_win_on
    from spells_so_far
    inner join won_opportunities
        on
            spells_so_far.employee_id = won_opportunities.employee_id
            and spells_so_far.spell_start <= won_opportunities.closed_on
            and spells_so_far.known_until >= won_opportunities.closed_on
    group by spells_so_far.employee_id, spells_so_far.spell_start

),

ramp_ups as (

    select
        spells_so_far.employee_id,
        spells_so_far.spell_number,
        spells_so_far.spell_start,
        spells_so_far.spell_end,
        spells_so_far.team_at_start as team,
        first_meetings.first_meeting_on,
        first_wins.first_win_on,
        {{ days_between('spells_so_far.spell_start', 'first_meetings.first_meeting_on') }}
            as days_to_ramp_up,
        {{ days_between('spells_so_far.spell_start', 'first_wins.first_win_on') }}
            as days_to_first_win,
        case
            when first_meetings.first_meeting_on is not null then 'ramped'
            when spells_so_far.spell_end < {{ sql_date('as_of_date') }} then 'left_before_ramp'
            else 'ramping'
        end as ramp_status
    from spells_so_far
    left join first_meetings
        on
            spells_so_far.employee_id = first_meetings.employee_id
            and spells_so_far.spell_start = first_meetings.spell_start
    left join first_wins
        on
            spells_so_far.employee_id = first_wins.employee_id
            and spells_so_far.spell_start = first_wins.spell_start

)

select * from ramp_ups
