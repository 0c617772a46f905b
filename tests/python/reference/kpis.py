"""Section 4: the nine KPIs, each a function from a Company to its rows.

A row is a dictionary: period_grain, period_start, period_end, is_complete, dimension, dimension_value,
then the KPI's columns in their order. Counts are int; money (in the reporting currency), shares, days
and months are Fraction; None is null.
"""
from collections import defaultdict
from datetime import date
from fractions import Fraction
from typing import Callable, Iterable

from .shared_rules import (
    COMPANY,
    DAYS_PER_MONTH,
    NEVER_ENDS,
    ONE_DAY,
    Company,
    Lead,
    Period,
    Spell,
    closed_on,
    days_between,
    grouped,
    mean,
    median,
    opportunities_there,
    percentile,
    ratio,
    total,
)

NINETY_PERCENT = Fraction(9, 10)
KEY_COLUMNS = ("period_grain", "period_start", "period_end", "is_complete", "dimension", "dimension_value")


def row_key(period: Period, dimension: str, dimension_value: str) -> dict:
    """The columns with which every row begins, KEY_COLUMNS."""
    values = (period.grain, period.start, period.end, period.is_complete, dimension, dimension_value)
    return dict(zip(KEY_COLUMNS, values))


def _rows(periods: Iterable[Period], measure: Callable[[Period], dict]) -> list[dict]:
    """The rows of a KPI; measure gives (dimension, value) -> its columns, for one period.

    "Another value has a row for the periods in which the KPI's own records (all that any of its
    columns looks at) include at least one of that value": measure gives those and the company.
    """
    return [
        {**row_key(period, dimension, value), **columns}
        for period in periods
        for (dimension, value), columns in sorted(measure(period).items())
    ]


def annual_contract_value(company: Company) -> list[dict]:
    """1. "Over contracts active at the cutoff: acv_per_customer = total_acv / active_customers ... Over
    contracts signed (signed_on, else start_date) in the period up to the cutoff: new_acv, expansion_acv
    (upsell and cross_sell), renewal_acv."
    """
    dimensions = ("segment", "region", "team", "rep")

    def value_of(contract, dimension):
        return company.account_dimension(contract.account_id, dimension)

    def measure(period):
        active = grouped(
            (c for c in company.contracts if c.is_active(period.cutoff)), dimensions, value_of
        )
        signed = grouped(
            (c for c in company.contracts if period.holds(c.signed)), dimensions, value_of
        )
        annual_values = company.customers.active_on(period.cutoff)
        rows = {}
        for key in active.keys() | signed.keys():
            contracts = active.get(key, [])
            per_customer = [annual_values[a] for a in {c.account_id for c in contracts}]
            total_acv = total(per_customer)
            rows[key] = {
                "acv_per_customer": ratio(total_acv, len(per_customer)),
                "median_acv_per_customer": median(per_customer),
                "total_acv": total_acv,
                "active_customers": len(per_customer),
                "active_contracts": len(contracts),
                "new_acv": _signed_acv(signed.get(key, []), "new"),
                "expansion_acv": _signed_acv(signed.get(key, []), "upsell", "cross_sell"),
                "renewal_acv": _signed_acv(signed.get(key, []), "renewal"),
            }
        return rows

    return _rows(company.periods, measure)


def _signed_acv(contracts, *contract_types) -> Fraction:
    return total(c.annual_value for c in contracts if c.contract_type in contract_types)


def customer_lifetime_value(company: Company) -> list[dict]:
    """2. "Over accounts that became customers by the cutoff, with what they paid (the sum of their
    invoices of status paid, by paid_on, negative ones included) by the cutoff ... A customer that paid
    nothing counts with 0."
    """
    customers = company.customers

    def value_of(account_id, dimension):
        if dimension == "cohort":
            # "cohort = calendar year in which it became a customer"
            return str(customers.became_on[account_id].year)
        return company.account_dimension(account_id, dimension)

    def measure(period):
        became_by_cutoff = [a for a, day in customers.became_on.items() if day <= period.cutoff]
        rows = {}
        for key, accounts in grouped(
            became_by_cutoff, ("segment", "region", "cohort"), value_of
        ).items():
            spend = [customers.payments[account_id].paid_by(period.cutoff) for account_id in accounts]
            total_spend = total(spend)
            rows[key] = {
                "average_clv": ratio(total_spend, len(spend)),
                "median_clv": median(spend),
                "p90_clv": percentile(spend, NINETY_PERCENT),
                "total_spend": total_spend,
                "customers": len(spend),
            }
        return rows

    return _rows(company.periods, measure)


LEAD_DIMENSIONS = ("source", "team", "rep")


def new_pipeline_leads(company: Company) -> list[dict]:
    """3. "new_leads: leads that entered in the period." """

    def measure(period):
        entered = [lead for lead in company.leads.values() if period.holds(lead.entered_on)]
        groups = grouped(entered, LEAD_DIMENSIONS, company.lead_dimension)
        return {key: {"new_leads": len(leads)} for key, leads in groups.items()}

    return _rows(company.periods, measure)


def lead_waiting_time(company: Company) -> list[dict]:
    """4. "Over leads that entered by the cutoff and have no outcome by then: average_waiting_days
    (cutoff - entry) ... average_idle_days (cutoff - the later of entry and the last touch by the
    cutoff), stale_leads (idle for more than stale_after_days), open_leads."
    """
    stale_after_days = company.settings.stale_after_days

    def measure(period):
        cutoff = period.cutoff
        waiting = waiting_leads(company, cutoff)
        rows = {}
        for key, leads in grouped(waiting, LEAD_DIMENSIONS, company.lead_dimension).items():
            waiting_days = [days_between(lead.entered_on, cutoff) for lead in leads]
            idle_days = [days_between(lead.idle_since(cutoff), cutoff) for lead in leads]
            rows[key] = {
                "average_waiting_days": mean(waiting_days),
                "median_waiting_days": median(waiting_days),
                "p90_waiting_days": percentile(waiting_days, NINETY_PERCENT),
                "average_idle_days": mean(idle_days),
                "stale_leads": sum(days > stale_after_days for days in idle_days),
                "open_leads": len(leads),
            }
        return rows

    return _rows(company.periods, measure)


def waiting_leads(company: Company, cutoff: date) -> list[Lead]:
    """ "leads that entered by the cutoff and have no outcome by then" """
    return [
        lead
        for lead in company.leads.values()
        if lead.entered_on <= cutoff and not lead.closed_by(cutoff)
    ]


def lead_conversion_rate(company: Company) -> list[dict]:
    """5. "Over leads that entered in the period, with outcomes known by as_of_date: conversion_rate =
    won_leads / entered_leads ... Over leads whose outcome falls in the period up to the cutoff:
    win_rate = won / (won + lost)."
    """
    settings = company.settings

    def measure(period):
        leads = company.leads.values()
        entered = grouped(
            (lead for lead in leads if period.holds(lead.entered_on)),
            LEAD_DIMENSIONS,
            company.lead_dimension,
        )
        closed = grouped(
            (lead for lead in leads if period.holds(lead.outcome_on)),
            LEAD_DIMENSIONS,
            company.lead_dimension,
        )
        # "null until period_end + that many days <= as_of_date"
        days_since_end = days_between(period.end, settings.as_of_date)
        window_is_over = days_since_end >= settings.conversion_window_days
        rows = {}
        for key in entered.keys() | closed.keys():
            cohort = entered.get(key, [])
            days_to_win = [
                days_between(lead.entered_on, lead.outcome_on)
                for lead in cohort
                if lead.outcome == "won"
            ]
            won_in_window = sum(days <= settings.conversion_window_days for days in days_to_win)
            outcomes = [lead.outcome for lead in closed.get(key, [])]
            rows[key] = {
                "conversion_rate": ratio(len(days_to_win), len(cohort)),
                "entered_leads": len(cohort),
                "won_leads": len(days_to_win),
                "lost_leads": sum(lead.outcome == "lost" for lead in cohort),
                "open_leads": sum(lead.outcome == "open" for lead in cohort),
                "conversion_rate_in_window": (
                    ratio(won_in_window, len(cohort)) if window_is_over else None
                ),
                "average_days_to_win": mean(days_to_win),
                "win_rate": ratio(outcomes.count("won"), len(outcomes)),
            }
        return rows

    return _rows(company.periods, measure)


def sales_team_retention(company: Company) -> list[dict]:
    """6. "sales_retention_rate = retained_headcount / headcount_start ... Team: on the day before the
    period (headcount_start, retained_headcount), at spell start (joiners), on the last day (separations
    and their kinds), at the cutoff (headcount_end, tenure); the rates are of a value's own numbers."
    """
    team, spells = company.team, company.team.spells

    def by_team(records, day_of):
        return grouped(
            records,
            ("team",),
            lambda spell, _: team.team(spell.employee_id, day_of(spell), sales_only=True),
        )

    def measure(period):
        # An employee has at most one spell on a day, so spells that cover a day are a headcount.
        at_start = by_team(
            (s for s in spells if s.covers(period.day_before)), lambda spell: period.day_before
        )
        joined = by_team(
            (s for s in spells if period.holds(s.first_day)), lambda spell: spell.first_day
        )
        left = by_team(
            (s for s in spells if period.holds(_day_after(s))), lambda spell: spell.last_day
        )
        at_cutoff = by_team(
            (s for s in spells if s.covers(period.cutoff)), lambda spell: period.cutoff
        )
        # "those of them in sales (in any team) at the cutoff": whoever comes back counts as well.
        in_sales_at_cutoff = {spell.employee_id for spell in at_cutoff[COMPANY]}

        rows = {}
        for key in at_start.keys() | joined.keys() | left.keys() | at_cutoff.keys():
            starters, leavers = at_start.get(key, []), left.get(key, [])
            present = at_cutoff.get(key, [])
            retained = sum(spell.employee_id in in_sales_at_cutoff for spell in starters)
            kinds = [_separation_kind(company, spell) for spell in leavers]
            tenures = [days_between(s.first_day, period.cutoff) / DAYS_PER_MONTH for s in present]
            rows[key] = {
                "sales_retention_rate": ratio(retained, len(starters)),
                "headcount_start": len(starters),
                "retained_headcount": retained,
                "joiners": len(joined.get(key, [])),
                "separations": len(leavers),
                "voluntary_separations": kinds.count("voluntary"),
                "involuntary_separations": kinds.count("involuntary"),
                "transfers_out": kinds.count("transfer"),
                "headcount_end": len(present),
                "average_tenure_months": mean(tenures),
                "turnover_rate": ratio(len(leavers), Fraction(len(starters) + len(present), 2)),
            }
        return rows

    return _rows(company.periods, measure)


def _day_after(spell):
    """ "separations: spells whose day after the last falls there" """
    return None if spell.last_day == NEVER_ENDS else spell.last_day + ONE_DAY


def _separation_kind(company: Company, spell) -> str | None:
    """ "voluntary_separations, involuntary_separations (the last day is the employee's
    termination_date, by its reason) and transfers_out (the last day is not the termination_date;
    another reason or none is in none of the three)"
    """
    if spell.last_day != company.team.termination_date(spell.employee_id):
        return "transfer"
    reason = company.team.termination_reason(spell.employee_id)
    return reason if reason in ("voluntary", "involuntary") else None


def rep_ramp_up_time(company: Company) -> list[dict]:
    """7. "average_ramp_up_days, median_ramp_up_days over those; new_reps, ramped_reps,
    left_before_ramp_reps (the spell ended before as_of_date without), ramping_reps (the others: not
    yet), average_days_to_first_win (first closed_at date, within the same limits, of a closed_won
    opportunity owned by one of those users)."
    """
    ramp_up = ramp_up_days(company)
    first_win = _days_to_first(company, _wins_by_employee(company))

    def measure(period):
        rows = {}
        for key, spells in new_reps_by_team(company, period).items():
            ramped_after = [ramp_up[spell] for spell in spells if ramp_up[spell] is not None]
            ramping = sum(is_ramping(company, spell, ramp_up[spell]) for spell in spells)
            win_days = [first_win[spell] for spell in spells if first_win[spell] is not None]
            rows[key] = {
                "average_ramp_up_days": mean(ramped_after),
                "median_ramp_up_days": median(ramped_after),
                "new_reps": len(spells),
                "ramped_reps": len(ramped_after),
                "left_before_ramp_reps": len(spells) - len(ramped_after) - ramping,
                "ramping_reps": ramping,
                "average_days_to_first_win": mean(win_days),
            }
        return rows

    return _rows(company.periods, measure)


def new_reps_by_team(company: Company, period: Period) -> dict[tuple, list[Spell]]:
    """ "(by team at spell start). Over sales spells that start in the period up to the cutoff" """
    return grouped(
        (spell for spell in company.team.spells if period.holds(spell.first_day)),
        ("team",),
        lambda spell, _: company.team.team(spell.employee_id, spell.first_day, sales_only=True),
    )


def ramp_up_days(company: Company) -> dict[Spell, int | None]:
    """Days until "a rep has ramped up on the first completed activity of customer_meeting_types by one
    of the employee's CRM users that names a lead, an opportunity or an account (known or not), between
    spell start and the earlier of spell end and as_of_date"; None without one.
    """
    return _days_to_first(company, _meetings_by_employee(company))


def is_ramping(company: Company, spell: Spell, ramp_up_after: int | None) -> bool:
    """Not ramped up, nor gone: "left_before_ramp_reps (the spell ended before as_of_date without)" """
    return ramp_up_after is None and spell.last_day >= company.settings.as_of_date


def _days_to_first(company: Company, days_by_employee: dict) -> dict[Spell, int | None]:
    """Days from the start of each spell to the first of the employee's days within it."""

    def days_to_first(spell):
        last_day = min(spell.last_day, company.settings.as_of_date)
        within = [d for d in days_by_employee[spell.employee_id] if spell.first_day <= d <= last_day]
        return days_between(spell.first_day, min(within)) if within else None

    return {spell: days_to_first(spell) for spell in company.team.spells}


def _meetings_by_employee(company: Company) -> dict:
    """employee_id -> the days of the activities that can make a rep ramped up."""
    meeting_types = company.settings.customer_meeting_types
    meetings = defaultdict(list)
    for row in company.staged["crm.activities"]:
        names_a_customer = row["lead_id"] or row["opportunity_id"] or row["account_id"]
        is_meeting = row["activity_type"] in meeting_types and row["status"] == "completed"
        employee_id = company.team.employee_of_user.get(row["user_id"])
        if is_meeting and names_a_customer and employee_id is not None:
            meetings[employee_id].append(row["occurred_at"].day)
    return meetings


def _wins_by_employee(company: Company) -> dict:
    """employee_id -> the closed_at dates of "a closed_won opportunity owned by one of those users"."""
    wins = defaultdict(list)
    as_of_date = company.settings.as_of_date
    for row in opportunities_there(company.staged, as_of_date):
        won_on = closed_on(row, "closed_won", as_of_date)
        employee_id = company.team.employee_of_user.get(row["owner_user_id"])
        if won_on is not None and employee_id is not None:
            wins[employee_id].append(won_on)
    return wins


def customer_referrals(company: Company) -> list[dict]:
    """8. "In the period up to the cutoff: referrals, referring_customers, won_referrals (the lead is won
    by as_of_date), referral_conversion_rate = won / referrals, referrals_per_100_customers = 100 x
    referrals / customers of that dimension value active at the cutoff. A dimension value has a row for
    the periods with a referral."
    """
    dimensions = ("segment", "region")
    counted = _counted_referrals(company)

    def measure(period):
        referrals = grouped(
            (row for row in counted if period.holds(row["referred_on"])),
            dimensions,
            lambda row, dimension: company.account_dimension(row["referring_account_id"], dimension),
        )
        active = grouped(
            company.customers.active_on(period.cutoff), dimensions, company.account_dimension
        )
        rows = {}
        for key, of_value in referrals.items():
            won = sum(_is_won(company, row) for row in of_value)
            rows[key] = {
                "referrals": len(of_value),
                "referring_customers": len({row["referring_account_id"] for row in of_value}),
                "won_referrals": won,
                "referral_conversion_rate": ratio(won, len(of_value)),
                "referrals_per_100_customers": ratio(100 * len(of_value), len(active.get(key, []))),
            }
        return rows

    return _rows(company.periods, measure)


def _counted_referrals(company: Company) -> list[dict]:
    """ "A referral counts if the referring account is an active customer on referred_on and is not the
    account that the lead became (converted_account_id); of several that count for one lead (known or
    not) only the first does (referred_on, then referral_id by code point)."
    """
    # A lead "created later is not there", so nothing can have become of it yet.
    became = {
        row["lead_id"]: row["converted_account_id"]
        for row in company.staged["crm.leads"]
        if row["lead_id"] in company.leads
    }
    first_for_lead = {}
    for row in sorted(
        company.staged["crm.referrals"], key=lambda r: (r["referred_on"], r["referral_id"])
    ):
        lead_id = company.merges.meant(row["referred_lead_id"])
        if (
            row["referred_on"] <= company.settings.as_of_date
            and company.customers.is_active(row["referring_account_id"], row["referred_on"])
            and became.get(lead_id) != row["referring_account_id"]
        ):
            first_for_lead.setdefault(lead_id, row)
    return list(first_for_lead.values())


def _is_won(company: Company, referral: dict) -> bool:
    """ "An unknown lead, or one that is not there yet, still counts, and is never won." """
    lead = company.leads.get(company.merges.meant(referral["referred_lead_id"]))
    return lead is not None and lead.outcome == "won"


def customer_retention(company: Company) -> list[dict]:
    """9. "customer_retention_rate = retained_customers / customers_start; customers_start: active on the
    day before the period; retained_customers: those of them active at the cutoff ... new_customers:
    active at the cutoff, not at the start, first counted contract starts in the period;
    reactivated_customers: active at the cutoff, not at the start, and not new"
    """
    dimensions = ("segment", "region", "team")

    def measure(period):
        value_at_start = company.customers.active_on(period.day_before)
        value_at_cutoff = company.customers.active_on(period.cutoff)
        start = grouped(value_at_start, dimensions, company.account_dimension)
        end = grouped(value_at_cutoff, dimensions, company.account_dimension)
        rows = {}
        for key in start.keys() | end.keys():
            starters, enders = start.get(key, []), end.get(key, [])
            retained = sum(account_id in value_at_cutoff for account_id in starters)
            added = [account_id for account_id in enders if account_id not in value_at_start]
            new = sum(
                period.holds(company.customers.first_contract_start[account_id])
                for account_id in added
            )
            revenue_start = total(value_at_start[account_id] for account_id in starters)
            # A customer that left has an annual value of 0 at the cutoff.
            before_and_after = [
                (value_at_start[account_id], value_at_cutoff.get(account_id, Fraction(0)))
                for account_id in starters
            ]
            rows[key] = {
                "customer_retention_rate": ratio(retained, len(starters)),
                "customers_start": len(starters),
                "retained_customers": retained,
                "churned_customers": len(starters) - retained,
                "new_customers": new,
                "reactivated_customers": len(added) - new,
                "customers_end": len(enders),
                "gross_revenue_retention": ratio(
                    total(min(pair) for pair in before_and_after), revenue_start
                ),
                "net_revenue_retention": ratio(
                    total(after for _, after in before_and_after), revenue_start
                ),
            }
        return rows

    return _rows(company.periods, measure)


KPIS = {
    "annual_contract_value": annual_contract_value,
    "customer_lifetime_value": customer_lifetime_value,
    "new_pipeline_leads": new_pipeline_leads,
    "lead_waiting_time": lead_waiting_time,
    "lead_conversion_rate": lead_conversion_rate,
    "sales_team_retention": sales_team_retention,
    "rep_ramp_up_time": rep_ramp_up_time,
    "customer_referrals": customer_referrals,
    "customer_retention": customer_retention,
}
