"""The reports, models/marts/reports: each a function from a Company to its rows, from the description
in the model's .yml.

Rows and numbers are as in `kpis`; a quoted sentence is the description's.
"""
from collections import defaultdict
from datetime import date
from fractions import Fraction
from typing import Callable, Iterable

from .kpis import KEY_COLUMNS, is_ramping, new_reps_by_team, ramp_up_days, row_key, waiting_leads
from .scorecard import scorecard
from .settings import Settings
from .shared_rules import (
    COMPANY,
    NEVER_ENDS,
    Company,
    Period,
    Spell,
    days_between,
    grouped,
    mean,
    median,
    opportunities_there,
    ratio,
    to_millionths,
    total,
)


def _lines(
    company: Company, part: str, names: Iterable[str], measure: Callable[[Period], dict]
) -> list[dict]:
    """A row for each stage, bucket or step (the part); measure gives (dimension, value) -> the columns
    of each of them, in the order of the names.
    """
    return [
        {**row_key(period, *key), f"{part}_number": number, part: name, **columns}
        for period in company.periods
        for key, lines in sorted(measure(period).items())
        for number, (name, columns) in enumerate(zip(names, lines, strict=True), start=1)
    ]


STAGES = ("entered", "working", "qualified", "opportunity", "won")
STAGE_OF_STATUS = {"working": "working", "qualified": "qualified", "converted": "opportunity"}


def lead_funnel(company: Company) -> list[dict]:
    """ "One row per period in which the leads entered, dimension value and stage"; "leads that have
    reached the stage, or a later one, by as_of_date".
    """
    stage_days = _stage_days(company)

    def measure(period):
        entered = [lead for lead in company.leads.values() if period.holds(lead.entered_on)]
        groups = grouped(entered, ("source", "team"), company.lead_dimension)
        return {key: _funnel([stage_days[lead.lead_id] for lead in leads]) for key, leads in groups.items()}

    return _lines(company, "stage", STAGES, measure)


def _funnel(stage_days: list[list[date | None]]) -> list[dict]:
    """The columns of each stage, of leads with the days on which they reached the stages."""
    columns = []
    for place in range(len(STAGES)):
        reached = sum(any(days[place:]) for days in stage_days)
        stays = [stay for days in stage_days if (stay := _days_in_stage(days, place)) is not None]
        columns.append(
            {
                "leads": reached,
                "share_of_entered": ratio(reached, len(stage_days)),
                "average_days_in_stage": mean(stays),
                "median_days_in_stage": median(stays),
            }
        )
    return columns


def _days_in_stage(days: list[date | None], place: int) -> int | None:
    """ "days from the first day in a stage to the first day in any later one, over the leads that went
    on. Leaves out: of the days, stages whose first day no record tells." Where a later one came first,
    the stage took no day.
    """
    later = [day for day in days[place + 1 :] if day is not None]
    if days[place] is None or not later:
        return None
    return max(0, days_between(days[place], min(later)))


def _stage_days(company: Company) -> dict[str, list[date | None]]:
    """lead_id -> the first day in each stage. fct_lead_stages: "A day is that of a dated record on or
    before as_of_date: the lead's status history, its first opportunity, its win."; of the stage
    opportunity "Day of the first opportunity, or of the status converted if that is earlier". As an
    outcome, a day before the lead entered is moved to that day.
    """
    as_of_date = company.settings.as_of_date
    days = defaultdict(list)
    for row in company.staged["crm.lead_status_history"]:
        lead_id, stage = company.merges.meant(row["lead_id"]), STAGE_OF_STATUS.get(row["status"])
        days[lead_id, stage].append(row["changed_at"].day)
    for row in opportunities_there(company.staged, as_of_date):
        days[company.merges.meant(row["lead_id"]), "opportunity"].append(row["created_at"].day)
    for lead in company.leads.values():
        days[lead.lead_id, "entered"].append(lead.entered_on)
        if lead.outcome == "won":
            days[lead.lead_id, "won"].append(lead.outcome_on)

    def first(lead, stage):
        known = [day for day in days[lead.lead_id, stage] if day <= as_of_date]
        return max(min(known), lead.entered_on) if known else None

    return {lead.lead_id: [first(lead, stage) for stage in STAGES] for lead in company.leads.values()}


# bucket -> the days between entry and cutoff
BUCKETS = {
    "0_30": range(0, 31),
    "31_60": range(31, 61),
    "61_90": range(61, 91),
    "91_180": range(91, 181),
    "over_180": range(181, NEVER_ENDS.toordinal()),
}


def open_lead_ageing(company: Company) -> list[dict]:
    """ "the leads of kpi_lead_waiting_time by the days between entry and cutoff: 0 to 30, 31 to 60, 61
    to 90, 91 to 180, more"; "stale_leads: Of those, leads idle for more than stale_after_days."
    """
    stale_after_days = company.settings.stale_after_days

    def bucket(leads, cutoff, days):
        within = [lead for lead in leads if days_between(lead.entered_on, cutoff) in days]
        idle_days = [days_between(lead.idle_since(cutoff), cutoff) for lead in within]
        return {"open_leads": len(within), "stale_leads": sum(idle > stale_after_days for idle in idle_days)}

    def measure(period):
        cutoff = period.cutoff
        groups = grouped(waiting_leads(company, cutoff), ("source", "team"), company.lead_dimension)
        return {
            key: [bucket(leads, cutoff, days) for days in BUCKETS.values()]
            for key, leads in groups.items()
        }

    return _lines(company, "bucket", BUCKETS, measure)


STEPS = ("start", "new", "reactivated", "expansion", "contraction", "churn", "end")


def contract_value_bridge(company: Company) -> list[dict]:
    """ "the annual value of the customers active on the eve of the period and at the cutoff"; "what
    takes away is negative, and start and the changes sum to end".
    """

    def measure(period):
        at_start = company.customers.active_on(period.day_before)
        at_end = company.customers.active_on(period.cutoff)
        groups = grouped(
            at_start.keys() | at_end.keys(), ("segment", "region", "team"), company.account_dimension
        )
        rows = {}
        for key, account_ids in groups.items():
            amounts = defaultdict(list)
            for account_id in account_ids:
                before, after = at_start.get(account_id), at_end.get(account_id)
                amounts["start"].append(before or Fraction(0))
                amounts["end"].append(after or Fraction(0))
                step = _step(company, period, account_id, before, after)
                amounts[step].append((after or 0) - (before or 0))
            rows[key] = [{"amount": total(amounts[step])} for step in STEPS]
        return rows

    return _lines(company, "step", STEPS, measure)


def _step(
    company: Company, period: Period, account_id: str, before: Fraction | None, after: Fraction | None
) -> str:
    """ "those active at both ends expand or contract, those of one end are new, reactivated or churned,
    as in kpi_customer_retention". Whose value is the same expands by nothing. before, after: the
    account's value at the two ends, None where it is not active.
    """
    if after is None:
        return "churn"
    if before is None:
        is_new = period.holds(company.customers.first_contract_start[account_id])
        return "new" if is_new else "reactivated"
    return "expansion" if after >= before else "contraction"


def customer_cohorts(company: Company) -> list[dict]:
    """ "active_customers / customers, at the cutoff of each quarter; quarter 0 is that of the start, and
    whoever has left by its end is missing in it, too. Leaves out: customers whose first contract began
    before the reported periods, and those without a contract." A quarter in which nobody began is none.
    """
    quarters = [period for period in company.periods if period.grain == "quarter"]
    rows = []
    for place, cohort in enumerate(quarters):
        began = [a for a, day in company.customers.first_contract_start.items() if cohort.holds(day)]
        groups = grouped(began, ("segment", "region"), company.account_dimension) if began else {}
        for (dimension, value), customers in groups.items():
            for quarters_since, quarter in enumerate(quarters[place:]):
                active_on = company.customers.active_on(quarter.cutoff)
                active = sum(account_id in active_on for account_id in customers)
                rows.append(
                    {
                        "dimension": dimension,
                        "dimension_value": value,
                        "cohort_start": cohort.start,
                        "quarters_since": quarters_since,
                        "snapshot_on": quarter.cutoff,
                        "is_complete": quarter.is_complete,
                        "customers": len(customers),
                        "active_customers": active,
                        "retention_rate": ratio(active, len(customers)),
                    }
                )
    return rows


DAYS_OF_THE_CURVE = range(0, 181, 15)


def ramp_up_curve(company: Company) -> list[dict]:
    """ "One row per dimension value, fiscal year in which the spell in sales began, and number of days
    since"; "those who had their first customer meeting at most so many days after they began".
    """
    ramp_up = ramp_up_days(company)
    return [
        {"dimension": dimension, "dimension_value": value, "cohort_start": year.start, **columns}
        for year in company.periods
        if year.grain == "year"
        for (dimension, value), spells in new_reps_by_team(company, year).items()
        if spells
        for columns in _curve(company, {spell: ramp_up[spell] for spell in spells}, dimension == "company")
    ]


def _curve(company: Company, ramp_up: dict[Spell, int | None], is_company: bool) -> list[dict]:
    """The columns of each number of days, of a cohort's spells with their days until ramped up."""
    # "A cohort of a team with fewer new reps than small_group_minimum has no figures."
    has_figures = is_company or len(ramp_up) >= company.settings.small_group_minimum
    ramping_for = [
        days_between(spell.first_day, company.settings.as_of_date)
        for spell, after in ramp_up.items()
        if is_ramping(company, spell, after)
    ]
    columns = []
    for days in DAYS_OF_THE_CURVE:
        ramped = sum(after is not None and after <= days for after in ramp_up.values())
        columns.append(
            {
                "days_since_start": days,
                "new_reps": len(ramp_up) if has_figures else None,
                "ramped_reps": ramped if has_figures else None,
                "ramped_share": ratio(ramped, len(ramp_up)) if has_figures else None,
                # "Whether every rep who still ramps up has been there for so many days"
                "is_mature": days <= min(ramping_for, default=days),
            }
        )
    return columns


def kpi_cards(company: Company, kpis: dict[str, list[dict]]) -> list[dict]:
    """ "every row of the scorecard as it is published, with what a reader would otherwise work out".
    kpis: name without kpi_ -> its rows.
    """
    settings = company.settings
    published = {
        name: [_as_published(name, row, settings.small_group_minimum) for row in rows]
        for name, rows in kpis.items()
    }
    not_mature = {
        (name, *_key_values(row))
        for name, rows in published.items()
        for row in rows
        if _can_still_change(name, row, settings)
    }
    return [
        _card(row, (row["kpi"], *_key_values(row)) not in not_mature)
        for row in scorecard(published, company.staged["reference.kpi_targets"])
    ]


def _card(row: dict, is_mature: bool) -> dict:
    """The card of a row of the scorecard; a reader works things out from the six decimals that are shown."""
    value, previous_value, year_ago_value, target_value = (
        None if row[name] is None else to_millionths(row[name])
        for name in ("value", "previous_value", "year_ago_value", "target_value")
    )
    change, year_ago_change = _less(value, previous_value), _less(value, year_ago_value)
    return {
        "kpi": row["kpi"],
        **{name: row[name] for name in KEY_COLUMNS},
        "is_mature": is_mature,
        "value": value,
        "target_value": target_value,
        "status": row["status"],
        "target_attainment": _attainment(value, target_value, row["better"]),
        "change": change,
        "change_verdict": _verdict(change, row["better"]),
        "year_ago_change": year_ago_change,
        "year_ago_verdict": _verdict(year_ago_change, row["better"]),
    }


def _key_values(row: dict) -> tuple:
    return tuple(row[name] for name in KEY_COLUMNS)


def _less(value: Fraction | None, earlier: Fraction | None) -> Fraction | None:
    """ "value less that of the period before", "value less that of the same period a year before" """
    return None if value is None or earlier is None else value - earlier


def _as_published(kpi: str, row: dict, small_group_minimum: int) -> dict:
    """The row as readers see it: of a small team the key and no figure, and no mean "of fewer reps"."""
    if (row["dimension"], row["dimension_value"]) == COMPANY:
        return row
    if _is_small(kpi, row, small_group_minimum):
        return {name: value if name in KEY_COLUMNS else None for name, value in row.items()}
    if kpi == "rep_ramp_up_time" and row["ramped_reps"] < small_group_minimum:
        return {**row, "average_ramp_up_days": None, "median_ramp_up_days": None}
    return row


def _is_small(kpi: str, row: dict, small_group_minimum: int) -> bool:
    """published__kpi_sales_team_retention: "a team smaller than small_group_minimum has no figures", at
    either end at which it has anybody; published__kpi_rep_ramp_up_time: "a team with fewer new reps".
    """
    if kpi == "sales_team_retention":
        ends = [row["headcount_start"], row["headcount_end"]]
        return min(filter(None, ends), default=0) < small_group_minimum
    return kpi == "rep_ramp_up_time" and row["new_reps"] < small_group_minimum


def _can_still_change(kpi: str, row: dict, settings: Settings) -> bool:
    """ "not, while leads of the period can still be won within the window, or new reps still ramp up" """
    if kpi == "lead_conversion_rate":
        days_since_end = days_between(row["period_end"], settings.as_of_date)
        return row["open_leads"] > 0 and days_since_end < settings.conversion_window_days
    return kpi == "rep_ramp_up_time" and bool(row["ramping_reps"])


def _attainment(value: Fraction | None, target: Fraction | None, better: str) -> Fraction | None:
    """ "value / target, or target / value where less is better; null where the divisor is not positive" """
    if value is None or target is None:
        return None
    part, whole = (value, target) if better == "higher" else (target, value)
    return part / whole if whole > 0 else None


def _verdict(change: Fraction | None, better: str) -> str | None:
    """ "Whether the change is better, worse, or the value the same." """
    if change is None:
        return None
    if change == 0:
        return "same"
    return "better" if (change > 0) == (better == "higher") else "worse"


def reports(company: Company, kpis: dict[str, list[dict]]) -> dict[str, list[dict]]:
    """All of them: 'rpt_<name>' -> rows. kpis: name without kpi_ -> its rows."""
    return {
        "rpt_lead_funnel": lead_funnel(company),
        "rpt_open_lead_ageing": open_lead_ageing(company),
        "rpt_contract_value_bridge": contract_value_bridge(company),
        "rpt_customer_cohorts": customer_cohorts(company),
        "rpt_ramp_up_curve": ramp_up_curve(company),
        "rpt_kpi_cards": kpi_cards(company, kpis),
    }
