"""Section 3: the rules that several KPIs share.

Everything here is exact: money and shares are Fractions, days are whole numbers. `date.max` stands for
an end that never comes.
"""
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Callable, Iterable, NamedTuple

from .settings import Settings

NEVER_ENDS = date.max
ONE_DAY = timedelta(days=1)
DAYS_PER_MONTH = Fraction("30.4375")

UNKNOWN = "unknown"
UNASSIGNED = "unassigned"
COMPANY = ("company", "all")


# Periods -----------------------------------------------------------------------------------------

MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}
GRAINS = tuple(MONTHS_IN)


class Period(NamedTuple):
    """grain: month, quarter or year. end is the full period's; cutoff is in it, as_of_date at most."""

    grain: str
    start: date
    end: date
    cutoff: date
    is_complete: bool

    @property
    def day_before(self) -> date:
        """The day on which the start of the KPIs 6 and 9 is taken: "the day before the period"."""
        return self.start - ONE_DAY

    def holds(self, day: date | None) -> bool:
        """Whether the day is "in the period up to the cutoff"; no day is in no period."""
        return day is not None and self.start <= day <= self.cutoff


def add_months(first_day: date, months: int) -> date:
    """The first day of the month so many months after (or, negative, before) the given first day."""
    years, month = divmod(first_day.year * 12 + first_day.month - 1 + months, 12)
    return date(years, month + 1, 1)


def period_start(grain: str, day: date, fiscal_year_start_month: int) -> date:
    """The first day of the period of "the fiscal calendar" that contains the day."""
    months_into_fiscal_year = (day.month - fiscal_year_start_month) % 12
    months_into_period = months_into_fiscal_year % MONTHS_IN[grain]
    return add_months(day.replace(day=1), -months_into_period)


def reporting_periods(settings: Settings) -> list[Period]:
    """ "Months, quarters and years of the fiscal calendar, from the period that contains
    reporting_start_date to the one that contains as_of_date. cutoff = the earlier of period_end and
    as_of_date. is_complete = period_end <= as_of_date."
    """
    periods = []
    for grain in GRAINS:
        start = period_start(
            grain, settings.reporting_start_date, settings.fiscal_year_start_month
        )
        while start <= settings.as_of_date:
            following = add_months(start, MONTHS_IN[grain])
            end = following - ONE_DAY
            cutoff = min(end, settings.as_of_date)
            periods.append(Period(grain, start, end, cutoff, end <= settings.as_of_date))
            start = following
    return periods


# Money -------------------------------------------------------------------------------------------


class ExchangeRates:
    """What one unit of a currency is worth in the reporting currency on a day."""

    def __init__(self, staged_rates: Iterable[dict], base_currency: str, reporting_currency: str):
        """staged_rates: rows of reference.exchange_rates."""
        self._base = base_currency
        self._reporting = reporting_currency
        by_currency = defaultdict(list)
        for row in staged_rates:
            by_currency[row["currency"]].append((row["rate_date"], Fraction(row["rate"])))
        self._days, self._rates = {}, {}
        for currency, pairs in by_currency.items():
            pairs.sort()
            self._days[currency] = [day for day, _ in pairs]
            self._rates[currency] = [rate for _, rate in pairs]

    def rate(self, currency: str, day: date) -> Fraction | None:
        """ "the latest rate on or before the conversion date; the base currency's rate is 1 (rows for
        it in exchange_rates are not used)". None where there is none.
        """
        if currency == self._base:
            return Fraction(1)
        place = bisect_right(self._days.get(currency, []), day)
        return self._rates[currency][place - 1] if place else None

    def factor(self, currency: str, day: date) -> Fraction | None:
        """ "An amount in the reporting currency stays as it is; any other is amount x rate(currency) /
        rate(reporting_currency)". None where one of the two rates is lacking.
        """
        if currency == self._reporting:
            return Fraction(1)
        rate, reporting_rate = self.rate(currency, day), self.rate(self._reporting, day)
        return None if rate is None or reporting_rate is None else rate / reporting_rate

    def convert(self, amount: Decimal | Fraction, currency: str, day: date) -> Fraction:
        """The amount in the reporting currency; staged rows have all the rates that they need."""
        return Fraction(amount) * self.factor(currency, day)


def contract_money_date(contract: dict) -> date:
    """ "Contracts convert at signed_on (else start_date)" and are signed on the same day."""
    return contract["signed_on"] or contract["start_date"]


def invoice_money_date(invoice: dict) -> date:
    """ "invoices at paid_on (else issued_on)" """
    return invoice["paid_on"] or invoice["issued_on"]


# Numbers -----------------------------------------------------------------------------------------


def total(values: Iterable[Fraction | int]) -> Fraction:
    """The exact sum; "Counts and sums of nothing are 0."

    Numerators are added by denominator first: a running sum of unlike fractions is far slower.
    """
    numerators = defaultdict(int)
    for value in values:
        numerators[value.denominator] += value.numerator
    return sum((Fraction(top, bottom) for bottom, top in numerators.items()), Fraction(0))


def ratio(part: Fraction | int, whole: Fraction | int) -> Fraction | None:
    """A share between 0 and 1. "A rate ... of nothing is null, never 0, NaN or infinity." """
    return Fraction(part) / Fraction(whole) if whole else None


def mean(values: list) -> Fraction | None:
    """ "A rate, mean or percentile of nothing is null" """
    return ratio(total(values), len(values))


def percentile(values: list, share: Fraction) -> Fraction | None:
    """ "Percentiles are continuous (linear interpolation)": share 1/2 is the median."""
    if not values:
        return None
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = place.numerator // place.denominator
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def median(values: list) -> Fraction | None:
    """The percentile at one half."""
    return percentile(values, Fraction(1, 2))


def to_millionths(value: Fraction) -> Fraction:
    """Rounded half away from 0 to six decimals, which is how a mart holds a number that is no count."""
    millionths = int(abs(value) * 1_000_000 + Fraction(1, 2))
    return Fraction(millionths if value > 0 else -millionths, 1_000_000)


def days_between(earlier: date, later: date) -> int:
    """ "Days are calendar-day differences." """
    return (later - earlier).days


# Dimensions --------------------------------------------------------------------------------------


def grouped(records: Iterable, dimensions: tuple[str, ...], value_of: Callable) -> dict:
    """(dimension, value) -> the records of that value, value_of(record, dimension) saying which.

    "Every KPI has dimension company with dimension_value all, plus those listed with it." The company
    is there without a record too: "The company has a row for every period."
    """
    records = list(records)
    groups = {COMPANY: records}
    for record in records:
        for dimension in dimensions:
            groups.setdefault((dimension, value_of(record, dimension)), []).append(record)
    return groups


# Sales team --------------------------------------------------------------------------------------


class Assignment(NamedTuple):
    """A job assignment with its effective last day; team None is a missing team."""

    first_day: date
    last_day: date
    team: str | None
    is_sales: bool

    def covers(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


class Spell(NamedTuple):
    """An employee's time in sales without a break; last_day NEVER_ENDS while nothing ends it."""

    employee_id: str
    first_day: date
    last_day: date

    def covers(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


class SalesTeam:
    """Who was in sales when, and in which team."""

    def __init__(self, staged: dict, settings: Settings):
        self.employees = {row["employee_id"]: row for row in staged["hr.employees"]}
        self.employee_of_user = {row["user_id"]: row["employee_id"] for row in staged["crm.users"]}
        self._assignments = defaultdict(list)
        for row in staged["hr.job_assignments"]:
            assignment = self._effective(row, settings.sales_departments)
            # One that begins after the employee left covers no day.
            if assignment.first_day <= assignment.last_day:
                self._assignments[row["employee_id"]].append(assignment)
        self.spells = [
            spell
            for employee_id, assignments in self._assignments.items()
            for spell in self._joined(employee_id, [a for a in assignments if a.is_sales])
        ]

    def termination_date(self, employee_id: str) -> date | None:
        """The last day employed; None while there is none or the employee is not known."""
        employee = self.employees.get(employee_id)
        return employee["termination_date"] if employee else None

    def termination_reason(self, employee_id: str) -> str | None:
        """voluntary, involuntary, other or None."""
        employee = self.employees.get(employee_id)
        return employee["termination_reason"] if employee else None

    def _effective(self, row: dict, sales_departments: tuple[str, ...]) -> Assignment:
        """ "A job assignment ends with the earlier of valid_to and the employee's termination_date.
        An employee is in sales on d while an assignment to one of sales_departments covers d."
        """
        last_day = min(
            row["valid_to"] or NEVER_ENDS, self.termination_date(row["employee_id"]) or NEVER_ENDS
        )
        is_sales = row["department"] in sales_departments
        return Assignment(row["valid_from"], last_day, row["team"], is_sales)

    @staticmethod
    def _joined(employee_id: str, assignments: list[Assignment]) -> list[Spell]:
        """ "A sales spell joins sales assignments that overlap or follow each other with no day
        between them; coming back after a gap is a new spell."
        """
        spells = []
        for assignment in sorted(assignments, key=lambda a: a.first_day):
            last = spells[-1] if spells else None
            if last and (assignment.first_day - last.last_day).days <= 1:
                last_day = max(last.last_day, assignment.last_day)
                spells[-1] = Spell(employee_id, last.first_day, last_day)
            else:
                spells.append(Spell(employee_id, assignment.first_day, assignment.last_day))
        return spells

    def team(self, employee_id: str | None, day: date, sales_only: bool = False) -> str:
        """ "Team of an employee on d: of the assignments that cover d (in KPIs 6 and 7 only those to
        sales) the one with the latest valid_from, then the first team by code point (a missing team
        comes last); none, or no team: unassigned."
        """
        covering = [
            assignment
            for assignment in self._assignments.get(employee_id, ())
            if assignment.covers(day) and (assignment.is_sales or not sales_only)
        ]
        if not covering:
            return UNASSIGNED
        latest = max(assignment.first_day for assignment in covering)
        teams = [a.team for a in covering if a.first_day == latest and a.team is not None]
        return min(teams, default=UNASSIGNED)

    def team_of_user(self, user_id: str | None, day: date) -> str:
        """ "A CRM user's team is its employee's." Nobody's, or an unknown user's, is unassigned."""
        return self.team(self.employee_of_user.get(user_id), day)

    def rep(self, user_id: str | None) -> str:
        """ "rep is the owner's user_id (missing, or not among the users: unassigned)." """
        return user_id if user_id in self.employee_of_user else UNASSIGNED


# Contracts ---------------------------------------------------------------------------------------


class Contract(NamedTuple):
    """A counted contract. annual_value is in the reporting currency."""

    account_id: str
    contract_type: str
    signed: date
    start: date
    active_through: date
    annual_value: Fraction

    def is_active(self, day: date) -> bool:
        """ "Active on day d: start_date <= d <= active_through." """
        return self.start <= day <= self.active_through


def counted_contracts(
    staged_contracts: list[dict], rates: ExchangeRates, settings: Settings
) -> list[Contract]:
    """The counted contracts as they are known on as_of_date."""
    counted = [row for row in staged_contracts if _counts(row, settings.as_of_date)]
    renewals = defaultdict(list)
    for row in counted:
        if row["renewed_from_contract_id"] is not None:
            key = (row["account_id"], row["renewed_from_contract_id"])
            renewals[key].append(row["start_date"])
    return [
        Contract(
            row["account_id"],
            row["contract_type"],
            contract_money_date(row),
            row["start_date"],
            _active_through(row, renewals[row["account_id"], row["contract_id"]], settings),
            annual_value(row, rates),
        )
        for row in counted
    ]


def _cancelled_on(contract: dict, as_of_date: date) -> date | None:
    """A cancellation after as_of_date "has not happened yet"."""
    cancelled_on = contract["cancelled_on"]
    return cancelled_on if cancelled_on is not None and cancelled_on <= as_of_date else None


def _counts(contract: dict, as_of_date: date) -> bool:
    """ "Draft and void ones, and those cancelled before their start_date, do not count anywhere; the
    other statuses make no difference." "a contract signed (signed_on, else start_date) later is not
    there"
    """
    if contract["status"] in ("draft", "void") or contract_money_date(contract) > as_of_date:
        return False
    cancelled_on = _cancelled_on(contract, as_of_date)
    return cancelled_on is None or cancelled_on >= contract["start_date"]


def _active_through(contract: dict, renewal_starts: list[date], settings: Settings) -> date:
    """ "ended_on = the earlier of end_date and cancelled_on (open-ended: never). If it has a renewal
    (... which starts after it starts; if several, the earliest start) that starts no more than
    renewal_grace_days full days after ended_on (gap = start - ended_on - 1 day), then active_through
    = the day before that renewal starts ... Otherwise active_through = ended_on."
    """
    ended_on = min(
        contract["end_date"] or NEVER_ENDS,
        _cancelled_on(contract, settings.as_of_date) or NEVER_ENDS,
    )
    later_starts = [start for start in renewal_starts if start > contract["start_date"]]
    if later_starts:
        renewal_start = min(later_starts)
        gap = (renewal_start - ended_on).days - 1
        if gap <= settings.renewal_grace_days:
            return renewal_start - ONE_DAY
    return ended_on


def annual_value(contract: dict, rates: ExchangeRates) -> Fraction:
    """ "(total_value - one_time_fees) x 12 / max(12, term_months), in the reporting currency;
    term_months = (end_date - start_date + 1 day) / 30.4375 rounded to a whole number. ... An
    open-ended contract's total_value is its value per 12 months (one-time fees come off all the
    same)". "Blank one_time_fees are 0."
    """
    value = Fraction(contract["total_value"]) - Fraction(contract["one_time_fees"] or 0)
    if contract["end_date"] is not None:
        days = days_between(contract["start_date"], contract["end_date"]) + 1
        # A half is never met: 487 sixteenths of a day do not divide into it.
        term_months = round(days / DAYS_PER_MONTH)
        value = value * 12 / max(12, term_months)
    return rates.convert(value, contract["currency"], contract_money_date(contract))


# Customers ---------------------------------------------------------------------------------------


class Payments:
    """What one account paid, by day: `paid_by(day)` is the sum of its paid invoices until then."""

    def __init__(self, payments: list[tuple[date, Fraction]]):
        self._days, self._sums = [], [Fraction(0)]
        for day, amount in sorted(payments):
            self._days.append(day)
            self._sums.append(self._sums[-1] + amount)

    def paid_by(self, day: date) -> Fraction:
        return self._sums[bisect_right(self._days, day)]


class Customers:
    """The accounts as customers: since when, active when, worth what, and what they paid."""

    def __init__(
        self, staged: dict, contracts: list[Contract], rates: ExchangeRates, settings: Settings
    ):
        self.contracts_of = defaultdict(list)
        for contract in contracts:
            self.contracts_of[contract.account_id].append(contract)
        #: account_id -> the start_date of its first counted contract
        self.first_contract_start = {
            account_id: min(contract.start for contract in of_account)
            for account_id, of_account in self.contracts_of.items()
        }
        #: account_id -> the day on which it became a customer
        self.became_on = dict(self.first_contract_start)
        payments = defaultdict(list)
        for invoice in staged["crm.invoices"]:
            if invoice["status"] != "paid" or invoice["paid_on"] > settings.as_of_date:
                continue
            account_id, paid_on, amount = invoice["account_id"], invoice["paid_on"], invoice["amount"]
            payments[account_id].append((paid_on, rates.convert(amount, invoice["currency"], paid_on)))
            # "the paid_on of its first paid invoice that is no credit note (amount of 0 or more)"
            if amount >= 0:
                self.became_on[account_id] = min(paid_on, self.became_on.get(account_id, paid_on))
        self.payments = {
            account_id: Payments(payments[account_id]) for account_id in self.became_on
        }
        self._active_on = {}

    def is_active(self, account_id: str, day: date) -> bool:
        """ "An account is an active customer on d while one of its counted contracts is active." """
        return any(contract.is_active(day) for contract in self.contracts_of.get(account_id, ()))

    def active_on(self, day: date) -> dict[str, Fraction]:
        """The active customers on a day: account_id -> "Its annual value on d is their sum." """
        if day not in self._active_on:
            active = {}
            for account_id, contracts in self.contracts_of.items():
                values = [contract.annual_value for contract in contracts if contract.is_active(day)]
                if values:
                    active[account_id] = total(values)
            self._active_on[day] = active
        return self._active_on[day]


# Leads -------------------------------------------------------------------------------------------


@dataclass
class Lead:
    """A lead in the pipeline. outcome: won, lost or open; outcome_on is None while it is open."""

    lead_id: str
    entered_on: date
    source: str
    team: str
    rep: str
    outcome: str
    outcome_on: date | None
    touches: list[date] = field(default_factory=list)

    def closed_by(self, day: date) -> bool:
        return self.outcome_on is not None and self.outcome_on <= day

    def idle_since(self, day: date) -> date:
        """ "the later of entry and the last touch by the cutoff" """
        place = bisect_right(self.touches, day)
        return max(self.entered_on, self.touches[place - 1]) if place else self.entered_on


class Merges:
    """Which lead an id means."""

    def __init__(self, staged_leads: list[dict]):
        self._merged_into = {
            row["lead_id"]: row["merged_into_lead_id"]
            for row in staged_leads
            if row["merged_into_lead_id"] is not None
        }

    def is_merged(self, lead_id: str) -> bool:
        """ "A lead with merged_into_lead_id is no lead" """
        return lead_id in self._merged_into

    def meant(self, lead_id: str | None) -> str | None:
        """ "whatever names it ... means the lead that it was merged into, and so on to the last; where
        the merges run in a circle, it names nothing known". An id that leads into a circle is given
        back as it is: it stays an unknown lead of its own.
        """
        seen, current = set(), lead_id
        while current in self._merged_into:
            if current in seen:
                return lead_id
            seen.add(current)
            current = self._merged_into[current]
        return current


def leads_in_pipeline(
    staged: dict, merges: Merges, team: SalesTeam, settings: Settings
) -> dict[str, Lead]:
    """lead_id -> Lead, of the leads that are there on as_of_date."""
    as_of_date = settings.as_of_date
    opportunities = opportunities_there(staged, as_of_date)
    of_lead, touches = defaultdict(list), defaultdict(list)
    lead_of_opportunity = {}
    for row in opportunities:
        # "Its opportunities are those with its lead_id."
        lead_id = merges.meant(row["lead_id"])
        of_lead[lead_id].append(row)
        lead_of_opportunity[row["opportunity_id"]] = lead_id

    # "A touch is a completed activity on the lead or on one of its opportunities, a row of its status
    # history, or a row of one of its opportunities' stage history."
    for row in staged["crm.activities"]:
        if row["status"] == "completed":
            named = {merges.meant(row["lead_id"]), lead_of_opportunity.get(row["opportunity_id"])}
            for lead_id in named:
                touches[lead_id].append(row["occurred_at"].day)
    for row in staged["crm.lead_status_history"]:
        touches[merges.meant(row["lead_id"])].append(row["changed_at"].day)
    for row in staged["crm.opportunity_stage_history"]:
        touches[lead_of_opportunity.get(row["opportunity_id"])].append(row["changed_at"].day)

    leads = {}
    for row in staged["crm.leads"]:
        lead_id = row["lead_id"]
        # "A lead enters the pipeline on created_at's date."
        entered_on = row["created_at"].day
        if merges.is_merged(lead_id) or entered_on > as_of_date:
            continue
        outcome, outcome_on = outcome_of(row, of_lead.get(lead_id, []), as_of_date)
        if outcome_on is not None:
            # "An outcome dated before the lead entered is moved to that day."
            outcome_on = max(outcome_on, entered_on)
        leads[lead_id] = Lead(
            lead_id,
            entered_on,
            row["source"] or UNKNOWN,
            # "Team: its owner's on the day it entered."
            team.team_of_user(row["owner_user_id"], entered_on),
            team.rep(row["owner_user_id"]),
            outcome,
            outcome_on,
            sorted(touches.get(lead_id, [])),
        )
    return leads


def opportunities_there(staged: dict, as_of_date: date) -> list[dict]:
    """ "a lead or an opportunity created later is not there" """
    return [row for row in staged["crm.opportunities"] if row["created_at"].day <= as_of_date]


def closed_on(opportunity: dict, stage: str, as_of_date: date) -> date | None:
    """The date on which it was closed in that stage; None: it was not, for "one closed later is still
    open".
    """
    if opportunity["stage"] != stage or opportunity["closed_at"].day > as_of_date:
        return None
    return opportunity["closed_at"].day


def outcome_of(lead: dict, opportunities: list[dict], as_of_date: date) -> tuple[str, date | None]:
    """ "Outcome: won on the earliest closed_at date of its closed_won opportunities; else, if its
    status is disqualified, lost on disqualified_at's date; else, if it has opportunities and all are
    closed_lost, lost on the latest closed_at date; else open". "a lead disqualified later is not"
    """
    won_on = [closed_on(row, "closed_won", as_of_date) for row in opportunities]
    won_on = [day for day in won_on if day is not None]
    if won_on:
        return "won", min(won_on)
    if lead["status"] == "disqualified" and lead["disqualified_at"].day <= as_of_date:
        return "lost", lead["disqualified_at"].day
    lost_on = [closed_on(row, "closed_lost", as_of_date) for row in opportunities]
    if lost_on and None not in lost_on:
        return "lost", max(lost_on)
    return "open", None


# All of it ---------------------------------------------------------------------------------------


class Company:
    """Everything that the KPIs add up, derived once from the staged rows and the settings."""

    def __init__(self, staged: dict[str, list[dict]], settings: Settings):
        self.settings = settings
        self.staged = staged
        self.periods = reporting_periods(settings)
        rates = ExchangeRates(
            staged["reference.exchange_rates"],
            settings.base_currency,
            settings.reporting_currency,
        )
        self.team = SalesTeam(staged, settings)
        self.contracts = counted_contracts(staged["crm.contracts"], rates, settings)
        self.customers = Customers(staged, self.contracts, rates, settings)
        self.merges = Merges(staged["crm.leads"])
        self.leads = leads_in_pipeline(staged, self.merges, self.team, settings)
        self._accounts = {row["account_id"]: row for row in staged["crm.accounts"]}
        self._account_dimensions = {}

    def account_dimension(self, account_id: str, dimension: str) -> str:
        """ "Account dimensions: segment, region (missing: unknown), team and rep of the account's owner
        as of as_of_date." An account that is not there has none of them.
        """
        if account_id not in self._account_dimensions:
            account = self._accounts.get(account_id, {})
            owner = account.get("owner_user_id")
            self._account_dimensions[account_id] = {
                "segment": account.get("segment") or UNKNOWN,
                "region": account.get("region") or UNKNOWN,
                "team": self.team.team_of_user(owner, self.settings.as_of_date),
                "rep": self.team.rep(owner),
            }
        return self._account_dimensions[account_id][dimension]

    def lead_dimension(self, lead: Lead, dimension: str) -> str:
        """ "Lead dimensions: source (missing: unknown), team, rep." """
        return {"source": lead.source, "team": lead.team, "rep": lead.rep}[dimension]
