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

-- a meeting or a win after the last day is none of this spell's
first_meetings as (

    select
        spells.employee_id,
        spells.spell_start,
        min(customer_meetings.occurred_on) as first_meeting_on
    from spells
    inner join customer_meetings
        on
            spells.employee_id = customer_meetings.employee_id
            and spells.spell_start <= customer_meetings.occurred_on
            and (spells.spell_end is null or spells.spell_end >= customer_meetings.occurred_on)
    group by spells.employee_id, spells.spell_start

),

first_wins as (

    select
        spells.employee_id,
        spells.spell_start,
        min(won_opportunities.closed_on) as first_win_on
    from spells
    inner join won_opportunities
        on
            spells.employee_id = won_opportunities.employee_id
            and spells.spell_start <= won_opportunities.closed_on
            and (spells.spell_end is null or spells.spell_end >= won_opportunities.closed_on)
    group by spells.employee_id, spells.spell_start

),

ramp_ups as (

    select
        spells.employee_id,
        spells.spell_number,
        spells.spell_start,
        spells.spell_end,
        spells.team_at_start as team,
        first_meetings.first_meeting_on,
        first_wins.first_win_on,
        {{ days_between('spells.spell_start', 'first_meetings.first_meeting_on') }}
            as days_to_ramp_up,
        {{ days_between('spells.spell_start', 'first_wins.first_win_on') }}
            as days_to_first_win,
        case
            when first_meetings.first_meeting_on is not null then 'ramped'
            when spells.spell_end < {{ sql_date('as_of_date') }} then 'left_before_ramp'
            else 'ramping'
        end as ramp_status
    from spells
    left join first_meetings
        on
            spells.employee_id = first_meetings.employee_id
            and spells.spell_start = first_meetings.spell_start
    left join first_wins
        on
            spells.employee_id = first_wins.employee_id
            and spells.spell_start = first_wins.spell_start

)

select * from ramp_ups
