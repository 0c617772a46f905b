"""Make the raw CRM and HR extracts of an invented Turkish software firm.

usage: python seeds/make_fixture.py [--output FOLDER] [--seed N]

Writes the fourteen raw tables as CSV below FOLDER (default: this folder): crm/, hr/, reference/.
The same seed gives the same bytes: nothing here reads the clock. Each part draws from a random
stream of its own, so that a change in one part disturbs the others as little as possible.

Everybody and everything in it is made up. Rows with a number of 9000 and above were laid by hand:
each of them stands where one rule turns, and the comment beside it names the rule. Keys with a
number from 8000 to 8999 are rows that must be rejected.
"""

from __future__ import annotations

import argparse
import calendar
import csv
import itertools
import random
import re
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

AS_OF = date(2026, 11, 15)
FIRST_LEAD_MONTH = date(2022, 4, 1)
DEFAULT_SEED = 20261115

# The columns in their order: `*` required, `!` part of the key (and required), then the type.
TABLES = {
    "crm.accounts": """account_id! account_name segment:label industry region owner_user_id
        created_at:stamp updated_at:stamp""",
    "crm.users": "user_id! full_name email employee_id",
    "crm.leads": """lead_id! company_name contact_name email phone source:label status*:code
        owner_user_id created_at*:stamp disqualified_at:stamp converted_account_id
        merged_into_lead_id updated_at:stamp""",
    "crm.lead_status_history": "lead_id! status!:code changed_at!:stamp",
    "crm.opportunities": """opportunity_id! account_id lead_id owner_user_id opportunity_type*:code
        stage*:code amount:number currency created_at*:stamp closed_at:stamp updated_at:stamp""",
    "crm.opportunity_stage_history": "opportunity_id! stage!:code changed_at!:stamp",
    "crm.activities": """activity_id! activity_type*:code status*:code user_id lead_id
        opportunity_id account_id occurred_at*:stamp""",
    "crm.contracts": """contract_id! account_id* opportunity_id renewed_from_contract_id
        contract_type*:code status*:code signed_on:date start_date*:date end_date:date
        cancelled_on:date total_value*:number one_time_fees:number currency* updated_at:stamp""",
    "crm.invoices": """invoice_id! account_id* contract_id status*:code issued_on*:date
        paid_on:date amount*:number currency*""",
    "crm.referrals": "referral_id! referring_account_id* referred_lead_id* referred_on*:date",
    "hr.employees": """employee_id! full_name email phone hire_date*:date termination_date:date
        termination_reason:code annual_salary:number updated_at:stamp""",
    "hr.job_assignments": """employee_id! department!:label team job_title manager_employee_id
        valid_from!:date valid_to:date""",
    "reference.exchange_rates": "rate_date!:date currency! rate*:number",
    "reference.kpi_targets": "kpi!:code period_grain!:code period_start!:date target*:number",
}
COLUMNS = {
    table: [column.split(":")[0].rstrip("*!") for column in columns.split()]
    for table, columns in TABLES.items()
}
KEYS = {
    table: [column.split("!")[0] for column in columns.split() if "!" in column]
    for table, columns in TABLES.items()
}
REQUIRED = {
    table: [re.split("[*!]", column)[0] for column in columns.split() if re.search("[*!]", column)]
    for table, columns in TABLES.items()
}
TYPES = {
    (table, column.split(":")[0].rstrip("*!")): column.partition(":")[2]
    for table, columns in TABLES.items()
    for column in columns.split()
}

FIRST_NAMES = (
    "Ayşe Fatma Zeynep Elif Merve Emine Selin Derya Gül İpek Mehmet Mustafa Ahmet Ali Hüseyin"
    " İbrahim Emre Burak Can Deniz Okan Serkan Yusuf Kerem"
).split()
LAST_NAMES = (
    "Yılmaz Kaya Demir Şahin Çelik Yıldız Öztürk Aydın Arslan Doğan Kılıç Aslan Çetin Kara Koç Kurt"
    " Özkan Şimşek Polat Işık"
).split()
COMPANY_WORDS = (
    "Kuzey Güney Doğu Batı Mavi Yeşil Beyaz Ufuk Zirve Pınar Çınar Yıldırım Anka İnci Ilgaz Şafak"
).split()
SECTORS = {
    "Yazılım": "technology", "Lojistik": "logistics", "Gıda": "food", "Tekstil": "textiles",
    "Sigorta": "insurance", "Enerji": "energy", "Sağlık": "health", "Makine": "machinery",
    "Perakende": "retail", "Turizm": "tourism",
}
LEGAL_FORMS = ("A.Ş.", "Ltd. Şti.")

SEGMENTS = {"enterprise": 16, "mid_market": 36, "smb": 48}
REGIONS = {"Marmara": 44, "Ege": 19, "İç Anadolu": 18, "Akdeniz": 11, "Karadeniz": 8}
TEAMS = {
    "IE": "İstanbul Enterprise",
    "IN": "Inside Sales",
    "EF": "Ege Field",
    "AF": "Anadolu Field",
    "PC": "Partner Channel",
}
REGION_TEAMS = {
    "Marmara": ("IE", "IN", "IN"), "Ege": ("EF",), "İç Anadolu": ("AF",), "Karadeniz": ("AF",),
    "Akdeniz": ("AF", "IN"),
}

HOLIDAYS = [  # first and last day off of the two religious holidays, with the days people add
    ("2022-04-30", "2022-05-06"), ("2022-07-08", "2022-07-13"), ("2023-04-20", "2023-04-24"),
    ("2023-06-27", "2023-07-02"), ("2024-04-08", "2024-04-14"), ("2024-06-14", "2024-06-20"),
    ("2025-03-29", "2025-04-02"), ("2025-06-05", "2025-06-10"), ("2026-03-19", "2026-03-23"),
    ("2026-05-26", "2026-05-31"),
]


# Dates and small tools.


def day(text: str) -> date:
    return date.fromisoformat(text)


def add_months(start: date, months: int) -> date:
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def at(when: date, rng: random.Random, hours: tuple[int, int] = (8, 20)) -> datetime:
    """A moment of that day in Istanbul, as UTC (the clock there has been +03:00 since 2016)."""
    local = datetime(when.year, when.month, when.day, tzinfo=timezone(timedelta(hours=3)))
    seconds = rng.randrange(hours[0] * 3600, hours[1] * 3600)
    return (local + timedelta(seconds=seconds)).astimezone(timezone.utc)


def business_date(stamp: datetime) -> date:
    return (stamp + timedelta(hours=3)).date()


def is_holiday(when: date) -> bool:
    return any(first <= when.isoformat() <= last for first, last in HOLIDAYS)


def pick(rng: random.Random, weights: dict):
    return rng.choices(list(weights), weights=list(weights.values()))[0]


def price_level(when: date) -> float:
    """Prices in lira against those of January 2019."""
    levels = [1.0, 1.14, 1.36, 2.0, 3.4, 5.3, 7.3, 9.2, 11.0]
    year = min(max(when.year, 2019), 2026) - 2019
    share = (when - date(when.year, 1, 1)).days / 366
    return levels[year] + (levels[year + 1] - levels[year]) * share


class World:
    """The rows of every table, as values; text is given out only when everything is there."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.rows: dict[str, list[dict]] = {table: [] for table in COLUMNS}
        self.counters: dict[str, int] = {}
        self.people: list[Person] = []
        self.rates: dict[str, list[tuple[date, float]]] = {}
        self.accounts: list[dict] = []

    def stream(self, name: str) -> random.Random:
        return random.Random(f"{self.seed} {name}")

    def number(self, prefix: str, width: int) -> str:
        self.counters[prefix] = self.counters.get(prefix, 0) + 1
        return f"{prefix}-{self.counters[prefix]:0{width}d}"

    def add(self, table: str, **values) -> dict:
        unknown = values.keys() - set(COLUMNS[table])
        if unknown:
            raise KeyError(f"{table} has no column {sorted(unknown)}")
        row = {column: values.get(column) for column in COLUMNS[table]}
        self.rows[table].append(row)
        return row

    def in_lira(self, amount: float, currency: str, when: date) -> float:
        return amount * (1.0 if currency == "TRY" else self.rate(currency, when))

    def rate(self, currency: str, when: date) -> float:
        known = [rate for on, rate in self.rates[currency] if on <= when]
        return known[-1]


# Exchange rates.

USD_ANCHORS = [  # lira for one dollar on the first of the month
    ("2019-01-01", 5.3), ("2020-01-01", 5.95), ("2021-01-01", 7.42), ("2021-10-01", 8.9),
    ("2022-01-01", 13.4), ("2022-07-01", 16.7), ("2023-01-01", 18.7), ("2023-06-01", 21.2),
    ("2023-08-01", 27.0), ("2024-01-01", 29.8), ("2025-01-01", 34.3), ("2026-01-01", 38.7),
    ("2026-11-01", 42.0),
]


def make_exchange_rates(world: World) -> None:
    rng = world.stream("rates")
    anchors = [(day(on), value) for on, value in USD_ANCHORS]
    world.rates = {"USD": [], "EUR": [], "GBP": []}

    def add(when: date, currency: str, rate: str) -> None:
        world.add("reference.exchange_rates", rate_date=when, currency=currency, rate=rate)

    def dollar(when: date) -> float:
        for (start, low), (end, high) in zip(anchors, anchors[1:]):
            if start <= when <= end:
                return low * (high / low) ** ((when - start).days / (end - start).days)
        return anchors[-1][1]

    days = [add_months(date(2019, 1, 1), index) for index in range(95)]
    # a second rate in some months, so that the latest rate on or before a day is not the month's
    days += [day(text) for text in ("2023-06-15", "2024-09-15", "2025-03-19", "2026-04-15")]
    for when in sorted(days):
        usd = dollar(when) * rng.uniform(0.995, 1.005)
        eur = usd * rng.uniform(1.06, 1.12)
        world.rates["USD"].append((when, round(usd, 4)))
        world.rates["EUR"].append((when, round(eur, 4)))
        if when >= date(2024, 7, 1):  # pounds are quoted only since contracts in them exist
            world.rates["GBP"].append((when, round(usd * rng.uniform(1.25, 1.29), 4)))
    for currency, quotes in world.rates.items():
        for when, rate in quotes:
            add(when, currency, f"{rate:.4f}")
    # the base currency is 1 whatever an extract says
    add(day("2023-01-01"), "TRY", "1.0500")
    add(day("2025-06-01"), "TRY", "0.9")


# The sales people.


class Person:
    """An employee with his assignments; `last` is the last day employed."""

    def __init__(self, number: str, hire: str, last: str, reason: str, jobs: list[str]) -> None:
        self.employee_id = f"EMP-{number}"
        self.user_id = f"USR-{number[1:]}" if len(number) == 4 else f"USR-{number}"
        self.hire, self.last, self.reason = hire, last, reason
        self.jobs = []
        for job in jobs:
            department, team, start, *end = job.split()
            end = end[0] if end else (last if last and last >= start else "")
            self.jobs.append((department, TEAMS.get(team, team.replace("_", " ")), start, end))
        self.jobs = [(d, "" if team == "-" else team, s, e) for d, team, s, e in self.jobs]

    def team_in_sales(self, when: date) -> str | None:
        if self.last and when.isoformat() > self.last:
            return None
        covering = [
            (start, team)
            for department, team, start, end in self.jobs
            if department == "sales" and start <= when.isoformat() <= (end or "9")
        ]
        return max(covering)[1] if covering else None


# Number, hire date, last day employed, reason, assignments (department team from to). The days are
# where the sales team rules turn: each comment says which.
ROSTER = [
    ("0001", "2018-03-01", "", "", ["sales IE 2018-03-01"]),
    ("0002", "2019-06-10", "", "", ["sales IE 2019-06-10"]),
    ("0003", "2020-02-03", "2023-08-31", "voluntary", ["sales IE 2020-02-03"]),
    # the last day is a quarter's last: still retained in it, a separation of the next
    ("0004", "2021-09-01", "2024-03-31", "voluntary", ["sales IE 2021-09-01"]),
    ("0005", "2023-09-18", "", "", ["sales IE 2023-09-18"]),
    # an assignment that starts after as_of_date has not happened yet
    ("0006", "2024-05-13", "", "", ["sales IE 2024-05-13", "sales PC 2026-12-01"]),
    # the last day is the first of a quarter
    ("0007", "2022-05-16", "2026-04-01", "voluntary", ["sales IE 2022-05-16"]),
    # the first day is a quarter's first
    ("0008", "2026-07-01", "", "", ["sales IE 2026-07-01"]),
    ("0009", "2019-01-14", "", "", ["sales IN 2019-01-14"]),
    # the termination comes before valid_to and ends the assignment
    ("0010", "2020-10-05", "2023-06-15", "involuntary", ["sales IN 2020-10-05 2023-12-31"]),
    # out of sales first, gone later: a transfer, not a voluntary separation
    ("0011", "2021-03-15", "2025-02-28", "voluntary",
     ["sales IN 2021-03-15 2024-05-31", "marketing Brand 2024-06-01"]),
    # a separation for another reason is in none of the three kinds
    ("0012", "2022-01-10", "2023-10-13", "other", ["sales IN 2022-01-10"]),
    # another team with no day between: one spell, nobody joins
    ("0013", "2022-08-22", "", "", ["sales IN 2022-08-22 2024-09-30", "sales IE 2024-10-01"]),
    # hired on a quarter's first day; later one day out of sales makes a second spell
    ("0014", "2023-04-01", "", "", ["sales IN 2023-04-01 2024-12-31", "sales PC 2025-01-02"]),
    ("0015", "2023-11-06", "", "", ["sales IN 2023-11-06"]),
    # the first day is a quarter's last
    ("0016", "2024-06-30", "", "", ["sales IN 2024-06-30"]),
    ("0017", "2025-10-06", "", "", ["sales IN 2025-10-06"]),
    ("0018", "2026-03-02", "2026-04-17", "involuntary", ["sales IN 2026-03-02"]),
    ("0019", "2018-09-03", "", "", ["sales EF 2018-09-03"]),
    # four of seven leave the Ege team within four months
    ("0020", "2019-11-04", "2025-01-24", "voluntary", ["sales EF 2019-11-04"]),
    ("0021", "2020-07-13", "2025-02-14", "voluntary", ["sales EF 2020-07-13"]),
    ("0022", "2021-05-17", "2025-03-07", "voluntary", ["sales EF 2021-05-17"]),
    ("0023", "2022-03-21", "2025-05-09", "voluntary", ["sales EF 2022-03-21"]),
    # in sales only the sales team counts, though the other comes first by code point
    ("0024", "2023-06-12", "", "",
     ["sales EF 2023-06-12", "customer_success Destek 2023-06-12 2023-08-31"]),
    # no reason: a separation that is in none of the three kinds
    ("0025", "2022-10-03", "2024-07-19", "", ["sales EF 2022-10-03"]),
    ("0026", "2024-09-02", "", "", ["sales EF 2024-09-02"]),
    ("0027", "2025-06-02", "", "", ["sales EF 2025-06-02"]),
    ("0028", "2025-07-07", "", "", ["sales EF 2025-07-07"]),
    # has given notice: a last day after as_of_date has not come yet
    ("0029", "2025-09-15", "2026-12-31", "voluntary", ["sales EF 2025-09-15 2027-03-31"]),
    ("0030", "2018-06-04", "", "", ["sales AF 2018-06-04"]),
    ("0031", "2019-08-19", "2023-05-19", "voluntary", ["sales AF 2019-08-19"]),
    # two jobs from one day: for leads the team that comes first by code point, in sales the other
    ("0032", "2020-03-09", "", "",
     ["sales AF 2020-03-09", "sales AF 2023-09-01",
      "customer_success Anadolu_Destek 2023-09-01 2024-06-30",
      "marketing - 2025-02-01 2025-05-31"]),
    # 29 February as the last day; a later assignment of somebody who is gone covers nothing
    ("0033", "2021-11-22", "2024-02-29", "voluntary",
     ["sales AF 2021-11-22", "sales AF 2024-06-01 2024-12-31"]),
    # overlapping assignments are one spell; the later one names the team
    ("0034", "2022-06-06", "", "", ["sales AF 2022-06-06", "sales IN 2023-03-01 2023-08-31"]),
    # two jobs from the same day, one without a team: the missing team comes last
    ("0035", "2023-07-10", "", "",
     ["sales AF 2023-07-10", "customer_success - 2023-07-10 2024-03-31"]),
    # last day at the end of a year: a separation of the next
    ("0036", "2024-03-18", "2025-12-31", "involuntary", ["sales AF 2024-03-18 2025-12-31"]),
    ("0037", "2026-01-05", "", "", ["sales AF 2026-01-05"]),
    ("0038", "2025-01-13", "", "", ["sales PC 2025-01-13"]),
    ("0039", "2025-02-17", "", "", ["sales PC 2025-02-17"]),
    ("0040", "2025-05-05", "2026-02-13", "voluntary", ["sales PC 2025-05-05"]),
    ("0041", "2026-03-16", "", "", ["sales PC 2026-03-16"]),
    # hired into marketing, moves to sales later: tenure and ramp-up count from the spell
    ("0042", "2021-04-05", "", "",
     ["marketing Growth 2021-04-05 2024-02-04", "sales IN 2024-02-05"]),
    # half a year away: a transfer out and a new spell
    ("0043", "2020-09-07", "", "", ["sales IN 2020-09-07 2023-11-30", "sales IN 2024-06-03"]),
    # came back after a gap that began before the first period
    ("0044", "2021-02-01", "", "", ["sales EF 2021-02-01 2022-11-30", "sales EF 2023-05-02"]),
    # to marketing and back
    ("0045", "2021-01-11", "", "",
     ["sales AF 2021-01-11 2025-07-31", "marketing Events 2025-08-01 2026-01-31",
      "sales AF 2026-02-01"]),
    # no team: unassigned
    ("0046", "2023-10-02", "2024-10-31", "voluntary", ["sales - 2023-10-02"]),
    ("0047", "2026-10-05", "", "", ["sales IN 2026-10-05"]),
    ("0050", "2025-04-07", "2025-06-20", "voluntary", ["sales IN 2025-04-07"]),
    # the last day is as_of_date itself: not left before it, and still ramping
    ("0052", "2026-09-07", "2026-11-15", "voluntary", ["sales IN 2026-09-07"]),
    # overlapping jobs: for leads the later one gives the team, in sales only the sales one counts
    ("0051", "2022-02-07", "2025-11-28", "voluntary",
     ["sales IN 2022-02-07", "customer_success Müşteri_Başarı 2024-02-01 2024-08-31"]),
]

OTHER_STAFF = [
    ("0060", "2018-01-15", "", "", ["management Yönetim 2018-01-15"]),
    ("0061", "2019-05-20", "", "", ["customer_success Müşteri_Başarı 2019-05-20"]),
    ("0062", "2021-08-16", "", "", ["customer_success Müşteri_Başarı 2021-08-16"]),
    ("0063", "2020-11-02", "2024-08-30", "voluntary", ["marketing Brand 2020-11-02"]),
    ("0064", "2022-07-18", "", "", ["marketing Growth 2022-07-18"]),
    ("0065", "2018-10-01", "", "", ["finance Muhasebe 2018-10-01"]),
    ("0066", "2023-02-06", "", "", ["finance Muhasebe 2023-02-06"]),
    ("0067", "2019-03-11", "", "", ["engineering Ürün 2019-03-11"]),
    ("0068", "2021-06-21", "2025-04-30", "involuntary", ["engineering Ürün 2021-06-21"]),
    # sales_ops is another department than sales
    ("0069", "2022-09-05", "", "", ["sales_ops Satış_Operasyon 2022-09-05"]),
    # hired after as_of_date
    ("0070", "2026-12-01", "", "", ["sales IN 2026-12-01"]),
]

# Days from the start of a sales spell to the first customer meeting; None where there is none.
RAMP_DAYS = {
    ("0014", "2023-04-01"): 0, ("0044", "2023-05-02"): 63, ("0024", "2023-06-12"): 58,
    ("0035", "2023-07-10"): 52, ("0005", "2023-09-18"): 47, ("0046", "2023-10-02"): 66,
    ("0015", "2023-11-06"): 41, ("0042", "2024-02-05"): 36, ("0036", "2024-03-18"): 71,
    ("0006", "2024-05-13"): 59, ("0043", "2024-06-03"): 33, ("0016", "2024-06-30"): 64,
    ("0026", "2024-09-02"): 38, ("0014", "2025-01-02"): 34, ("0038", "2025-01-13"): 68,
    ("0039", "2025-02-17"): 72, ("0050", "2025-04-07"): 74, ("0040", "2025-05-05"): 57,
    ("0027", "2025-06-02"): 81, ("0028", "2025-07-07"): 88, ("0029", "2025-09-15"): 76,
    ("0017", "2025-10-06"): 49, ("0037", "2026-01-05"): 45, ("0045", "2026-02-01"): 31,
    ("0018", "2026-03-02"): None, ("0041", "2026-03-16"): 61, ("0008", "2026-07-01"): 53,
    ("0047", "2026-10-05"): None,
    ("0052", "2026-09-07"): None,
}


def make_staff(world: World) -> None:
    rng = world.stream("staff")
    names = [f"{first} {last}" for first in FIRST_NAMES for last in LAST_NAMES]
    rng.shuffle(names)
    for index, entry in enumerate(ROSTER + OTHER_STAFF):
        person = Person(*entry)
        name = names[index]
        if index < len(ROSTER):
            world.people.append(person)
        email = name.lower().replace("i̇", "i").replace(" ", ".") + "@yazilimevi.example"
        world.add(
            "hr.employees", employee_id=person.employee_id, full_name=name, email=email,
            phone=f"+90 555 000 00 {index % 100:02d}", hire_date=day(person.hire),
            termination_date=day(person.last) if person.last else None,
            termination_reason=person.reason or None,
            annual_salary=rng.randrange(480, 1900) * 1000,
            updated_at=at(min(day(person.last or person.hire), AS_OF), rng),
        )
        for department, team, start, end in person.jobs:
            world.add(
                "hr.job_assignments", employee_id=person.employee_id, department=department,
                team=team or None, valid_from=day(start), valid_to=day(end) if end else None,
                job_title="Satış Temsilcisi" if department == "sales" else "Uzman",
                manager_employee_id="EMP-0001" if person.employee_id != "EMP-0001" else "EMP-0060",
            )
        if index < len(ROSTER) or person.employee_id in ("EMP-0061", "EMP-0062", "EMP-0064"):
            world.add(
                "crm.users", user_id=person.user_id, full_name=name, email=email,
                employee_id=person.employee_id,
            )
    rows = world.rows["hr.job_assignments"]
    for row in rows:  # his own manager, and a circle of managers
        if row["employee_id"] == "EMP-0060":
            row["manager_employee_id"] = "EMP-0060"
        if row["employee_id"] in ("EMP-0019", "EMP-0024"):
            other = {"EMP-0019": "EMP-0024", "EMP-0024": "EMP-0019"}
            row["manager_employee_id"] = other[row["employee_id"]]
    for row in rows:  # texts that differ in case are different teams
        if row["employee_id"] == "EMP-0031":
            row["team"] = "ANADOLU FIELD"
    # an assignment of somebody who is not among the employees counts all the same
    world.add(
        "hr.job_assignments", employee_id="EMP-4040", department="sales", team=TEAMS["AF"],
        job_title="Satış Temsilcisi", valid_from=day("2024-01-15"), valid_to=day("2024-06-30"),
    )
    for user_id, name, employee_id in (
        ("USR-S01", "Sistem Kullanıcısı", None),
        ("007", "İş Ortağı Portalı", None),
        ("USR-S02", "Dış Danışman", "EMP-4041"),  # nobody among the employees
        ("USR-043b", "Mobil Kullanıcı", "EMP-0043"),  # the second user of one employee
    ):
        world.add(
            "crm.users", user_id=user_id, full_name=name, employee_id=employee_id,
            email=f"{user_id}@YAZILIMEVİ.example",
        )


LEFT_SOON = ("EMP-0018", "EMP-0050", "EMP-0052")  # before they were given leads


def reps_on(world: World, when: date, team: str | None = None, settled: int = 0) -> list[Person]:
    """Sales people on that day (and already `settled` days before), of one team or of all."""
    reps = []
    for person in world.people:
        now = person.team_in_sales(when)
        if now is None or (team and now != TEAMS[team]):
            continue
        if person.employee_id in LEFT_SOON:
            continue
        if person.team_in_sales(when - timedelta(days=settled)) is not None:
            reps.append(person)
    return reps


def may_meet(person: Person, when: date) -> bool:
    """Whether a completed meeting on that day leaves the planned day of ramp-up alone."""
    for (number, start), days in RAMP_DAYS.items():
        if person.employee_id == f"EMP-{number}" and when >= day(start):
            if days is None or when < day(start) + timedelta(days=days):
                return False
    return True


# Accounts and contracts.

ANNUAL_VALUE = {"enterprise": 390_000, "mid_market": 112_000, "smb": 36_000}
TERMS = {  # months; 0 is open-ended
    "enterprise": {12: 34, 24: 24, 36: 30, 0: 12},
    "mid_market": {12: 52, 24: 22, 36: 13, 0: 7, 6: 3, 3: 3},
    "smb": {12: 68, 24: 16, 36: 3, 0: 6, 6: 4, 3: 3},
}
FOREIGN_SHARE = {
    2019: 0.08, 2020: 0.09, 2021: 0.12, 2022: 0.2, 2023: 0.25, 2024: 0.33, 2025: 0.42, 2026: 0.5,
}
INVOICES_PER_YEAR = {"enterprise": 4, "mid_market": 2, "smb": 2}


def company_name(rng: random.Random, number: int) -> tuple[str, str]:
    sector = rng.choice(list(SECTORS))
    word = rng.choice(COMPANY_WORDS)
    return f"{word} {sector} {number:03d} {rng.choice(LEGAL_FORMS)}", SECTORS[sector]


def add_account(world: World, rng: random.Random, created: date, region: str, team: str) -> dict:
    number = len(world.accounts) + 1
    name, industry = company_name(rng, number)
    # accounts of people who left were handed over, so the owner is one of today's team
    owners = reps_on(world, AS_OF, team) or reps_on(world, AS_OF)
    owner = rng.choice(owners).user_id
    if rng.random() < 0.03:
        owner = rng.choice(["", "USR-020", "USR-S02", "USR-999", "007"])
    account = world.add(
        "crm.accounts", account_id=world.number("ACC", 4), account_name=name,
        segment=pick(rng, SEGMENTS) if rng.random() > 0.015 else None, industry=industry,
        region=region if rng.random() > 0.015 else None, owner_user_id=owner or None,
        created_at=at(created, rng),
        updated_at=at(created + timedelta(days=rng.randrange(200)), rng),
    )
    world.accounts.append({
        "id": account["account_id"], "segment": account["segment"] or "smb", "team": team,
        "from": None, "until": None,
    })
    return world.accounts[-1]


def add_contract(
    world: World, rng: random.Random, account: dict, kind: str, start: date, end: date | None,
    annual: float, signed: date, renews: dict | None = None, opportunity: str | None = None,
) -> dict:
    months = 12 if end is None else max(1, round(((end - start).days + 1) / 30.4375))
    foreign = FOREIGN_SHARE[min(max(signed.year, 2019), 2026)]
    foreign *= {"enterprise": 1.5, "mid_market": 1.0, "smb": 0.45}[account["segment"]]
    currency = rng.choice(["USD", "USD", "EUR"]) if rng.random() < foreign else "TRY"
    unit = 1.0 if currency == "TRY" else world.rate(currency, signed)
    total = round(annual * months / 12 / unit, -2 if currency == "TRY" else -1)
    fees = round(total * rng.uniform(0.03, 0.15)) if kind == "new" and rng.random() < 0.35 else None
    status = "active"
    if end and end < AS_OF and rng.random() < 0.85:
        status = "expired"
    contract = world.add(
        "crm.contracts", contract_id=world.number("CON", 5), account_id=account["id"],
        opportunity_id=opportunity, contract_type=kind, status=status,
        renewed_from_contract_id=renews["contract_id"] if renews else None,
        signed_on=signed if rng.random() > 0.03 else None, start_date=start, end_date=end,
        total_value=total if total % 1 else int(total), one_time_fees=fees, currency=currency,
        updated_at=at(min(max(signed, start), AS_OF), rng),
    )
    account["from"] = min(account["from"] or start, start)
    account["until"] = max(account["until"] or start, end or date(2030, 1, 1))
    return contract


def add_invoices(world: World, rng: random.Random, account: dict, contract: dict) -> None:
    start = contract["start_date"]
    end = min(contract["cancelled_on"] or AS_OF, contract["end_date"] or AS_OF, AS_OF)
    fees = contract["one_time_fees"] or 0
    per_year = INVOICES_PER_YEAR[account["segment"]]
    if contract["end_date"]:
        months = max(1, round(((contract["end_date"] - start).days + 1) / 30.4375))
    else:
        months = 12
    step = 12 // per_year
    count = max(1, months // step)
    part = (contract["total_value"] - fees) / count
    index = 0
    while True:
        issued = add_months(start, index * step) + timedelta(days=rng.randrange(6))
        if issued > end or (contract["end_date"] and index >= count):
            break
        paid = issued + timedelta(days=int(rng.triangular(4, 75, 28)))
        status = "paid" if paid <= AS_OF and rng.random() < 0.96 else "open"
        if rng.random() < 0.02:
            status = "void"
        amount = round(part + (fees if index == 0 else 0), 2)
        invoice = world.add(
            "crm.invoices", invoice_id=world.number("INV", 6), account_id=account["id"],
            contract_id=contract["contract_id"], status=status, issued_on=issued,
            paid_on=paid if status == "paid" else None, amount=f"{amount:.2f}",
            currency=contract["currency"],
        )
        if status == "paid" and rng.random() < 0.015:
            credited = min(paid + timedelta(days=rng.randrange(10, 60)), AS_OF)
            world.add(
                "crm.invoices", invoice_id=world.number("INV", 6), account_id=account["id"],
                contract_id=contract["contract_id"], status="paid", issued_on=credited,
                paid_on=credited, amount=f"-{float(invoice['amount']) / 10:.2f}",
                currency=contract["currency"],
            )
        index += 1


def churn_risk(account: dict, end: date) -> float:
    # customers whose reps left the Ege team hear from nobody when their contract ends
    if account["team"] == "EF" and date(2025, 4, 1) <= end <= date(2025, 12, 31):
        return 0.78
    if account["team"] == "EF":
        return 0.07
    return {"enterprise": 0.05, "mid_market": 0.09, "smb": 0.13}[account["segment"]]


def cancellation_day(rng: random.Random, account: dict, start: date, end: date) -> date | None:
    """The day on which a contract of a year or more is given up before its end, if it is."""
    if (end - start).days < 360:
        return None
    day_of_unrest = date(2025, 4, 10) + timedelta(days=rng.randrange(200))
    if account["team"] == "EF" and start < date(2025, 2, 1) and day_of_unrest < end:
        return day_of_unrest if rng.random() < 0.45 and start < day_of_unrest else None
    cancelled = start + timedelta(days=rng.randrange(60, 300))
    return cancelled if rng.random() < 0.025 and cancelled <= AS_OF else None


def renewal_gap(rng: random.Random) -> int:
    """Days without a contract between the old one and its renewal; negative for an early one."""
    kind = pick(rng, {"on time": 70, "early": 13, "late": 14, "too late": 3})
    return {
        "on time": 0,
        "early": -rng.randrange(1, 40),
        "late": rng.randrange(1, 31),
        "too late": rng.randrange(31, 90),
    }[kind]


def add_chain(
    world: World, rng: random.Random, account: dict, start: date, signed: date,
    opportunity: str | None = None,
) -> None:
    """A customer's contracts from the first to the one that runs today, or to the loss."""
    annual = ANNUAL_VALUE[account["segment"]] * price_level(start) * rng.lognormvariate(0, 0.35)
    kind, previous = "new", None
    while signed <= AS_OF:
        months = pick(rng, TERMS[account["segment"]])
        end = add_months(start, months) - timedelta(days=1) if months else None
        contract = add_contract(
            world, rng, account, kind, start, end, annual, signed, previous, opportunity
        )
        opportunity = None
        extra = 0.0
        if months >= 12 and rng.random() < 0.2:
            extra = add_expansion(world, rng, account, contract, annual)
        if months == 0:
            end = add_months(start, rng.randrange(14, 60)) + timedelta(days=rng.randrange(25))
            lost = rng.random() < 0.4
            if lost and end <= AS_OF:
                contract.update(status="cancelled", cancelled_on=end)
        else:
            lost = rng.random() < churn_risk(account, end)
            cancelled = cancellation_day(rng, account, start, end)
            if cancelled:
                contract.update(status="cancelled", cancelled_on=cancelled)
                lost, end = True, cancelled
        add_invoices(world, rng, account, contract)
        if end > AS_OF + timedelta(days=60):
            account["until"] = date(2030, 1, 1)
            return
        if lost:
            account["until"] = end
            if rng.random() > 0.2:
                return
            kind, previous = "new", None
            start = end + timedelta(days=rng.randrange(70, 420))
        else:
            kind, previous = "renewal", contract
            gap = renewal_gap(rng)
            start = max(end + timedelta(days=1 + gap), contract["start_date"] + timedelta(days=20))
        level = price_level(min(start, date(2026, 12, 1))) / price_level(contract["start_date"])
        annual = (annual + extra) * level ** 0.92 * rng.uniform(0.93, 1.08)
        signed = start - timedelta(days=rng.randrange(0, 35))
        if kind == "renewal" and signed <= AS_OF and rng.random() < 0.35:
            opportunity = add_account_opportunity(world, rng, account, "renewal", signed, annual)
    account["until"] = account["until"] or AS_OF


def add_expansion(
    world: World, rng: random.Random, account: dict, main: dict, annual: float
) -> float:
    """An upsell or cross-sell that runs beside the main contract to its end; its value per year."""
    start = main["start_date"] + timedelta(days=rng.randrange(60, 260))
    end = main["end_date"]
    if start > AS_OF or (end - start).days < 80:
        return 0.0
    value = annual * rng.uniform(0.12, 0.4)
    kind = rng.choice(["upsell", "upsell", "cross_sell"])
    signed = start - timedelta(days=rng.randrange(0, 15))
    opportunity = None
    if rng.random() < 0.6:
        opportunity = add_account_opportunity(world, rng, account, kind, signed, value)
    contract = add_contract(
        world, rng, account, kind, start, end, value, signed, opportunity=opportunity
    )
    add_invoices(world, rng, account, contract)
    return value


def add_account_opportunity(
    world: World, rng: random.Random, account: dict, kind: str, closed: date, annual: float
) -> str:
    created = closed - timedelta(days=rng.randrange(15, 80))
    reps = reps_on(world, created, account["team"]) or reps_on(world, created)
    owner = rng.choice(reps) if reps else None
    opportunity = world.add(
        "crm.opportunities", opportunity_id=world.number("OPP", 5), account_id=account["id"],
        owner_user_id=owner.user_id if owner else None, opportunity_type=kind, stage="closed_won",
        amount=int(annual), currency="TRY", created_at=at(created, rng), closed_at=at(closed, rng),
        updated_at=at(closed, rng),
    )
    add_stage_history(world, rng, opportunity)
    return opportunity["opportunity_id"]


def make_legacy_customers(world: World) -> None:
    """Customers from before leads were kept in the CRM."""
    rng = world.stream("legacy")
    for _ in range(92):
        region = pick(rng, REGIONS)
        team = rng.choice(REGION_TEAMS[region])
        start = date(2019, 1, 1) + timedelta(days=int(rng.triangular(0, 1215, 1050)))
        created = start - timedelta(days=rng.randrange(20, 200))
        account = add_account(world, rng, created, region, team)
        add_chain(world, rng, account, start, start - timedelta(days=rng.randrange(30)))
    for _ in range(14):  # prospects without a contract
        region = pick(rng, REGIONS)
        created = date(2022, 1, 1) + timedelta(days=rng.randrange(1700))
        add_account(world, rng, created, region, rng.choice(REGION_TEAMS[region]))


def make_unsigned_contracts(world: World) -> None:
    """Drafts and void copies, which look like contracts and count nowhere."""
    rng = world.stream("drafts")
    signed = [row for row in world.rows["crm.contracts"] if row["end_date"]]
    for row in rng.sample(signed, 22):
        copy = dict(row)
        copy["contract_id"] = world.number("CON", 5)
        copy["status"] = rng.choice(["draft", "void", "void"])
        if copy["status"] == "draft":
            copy.update(signed_on=None, start_date=row["end_date"] + timedelta(days=1))
            copy.update(end_date=add_months(row["end_date"], 12), contract_type="renewal")
            copy["renewed_from_contract_id"] = row["contract_id"]
        world.add("crm.contracts", **copy)


# Leads and their deals.

SOURCES = {"web": 40, "outbound": 24, "event": 15, "referral": 12, "partner": 7}
WIN_CHANCE = {"web": 0.21, "outbound": 0.19, "event": 0.23, "referral": 0.39, "partner": 0.27}
PROGRAMME_WIN_CHANCE = 0.11
OPEN_STAGES = ("prospecting", "discovery", "proposal", "negotiation")


def leads_in_month(month: date, rng: random.Random) -> int:
    grown = (month.year - 2022) * 12 + month.month
    level = 40.5 + grown * 0.37
    if month.month == 8:
        level *= 0.72
    elif month.month in (2, 10, 11):
        level *= 1.06
    days_off = sum(is_holiday(month + timedelta(days=index)) for index in range(28))
    level *= 1 - 0.03 * days_off
    if month == AS_OF.replace(day=1):
        level *= AS_OF.day / 30
    return round(level * rng.uniform(0.94, 1.06))


def programme_leads_in_month(month: date) -> int:
    """Leads that the partner programme of 2025 brings on top."""
    months = (month.year - 2025) * 12 + month.month
    if months < 2:
        return 0
    count = min(4 + months, 19)
    return count // 2 if month == AS_OF.replace(day=1) else count


def make_leads(world: World) -> None:
    rng = world.stream("leads")
    month = FIRST_LEAD_MONTH
    while month <= AS_OF:
        last = min(add_months(month, 1) - timedelta(days=1), AS_OF)
        days = [month + timedelta(days=index) for index in range((last - month).days + 1)]
        weights = [
            0.03 if is_holiday(when) else 0.15 if when.weekday() >= 5 else 1.0 for when in days
        ]
        sources = [pick(rng, SOURCES) for _ in range(leads_in_month(month, rng))]
        sources += ["programme"] * programme_leads_in_month(month)
        entries = sorted(zip(rng.choices(days, weights=weights, k=len(sources)), sources))
        for when, source in entries:
            add_lead(world, rng, when, source)
        month = add_months(month, 1)


def days_to_outcome(rng: random.Random, fate: str, neglected: bool) -> int:
    shape, scale, least = {
        "won": (2.2, 19, 4), "disqualified": (1.7, 28, 2), "lost": (2.6, 29, 8),
    }[fate]
    days = least + rng.gammavariate(shape, scale)
    if neglected:
        days *= 2.6
    elif rng.random() < 0.04:
        days += rng.uniform(120, 420)
    return int(days)


def add_lead(world: World, rng: random.Random, when: date, source: str) -> None:
    programme = source == "programme"
    region = pick(rng, REGIONS)
    team = rng.choice(REGION_TEAMS[region])
    if programme:
        source = "partner"
        team = "PC" if rng.random() < 0.7 else team
    reps = reps_on(world, when, team, settled=14) or reps_on(world, when, settled=14)
    owner = rng.choice(reps)
    # nobody takes over the leads of those who left the Ege team
    neglected = team == "EF" and date(2024, 11, 15) <= when <= date(2025, 10, 31)

    chance = PROGRAMME_WIN_CHANCE if programme else WIN_CHANCE[source]
    if neglected:
        chance *= 0.75
    draw = rng.random()
    fate = "won" if draw < chance else "disqualified"
    if chance <= draw < chance + (1 - chance) * 0.17:
        fate = "lost"
    outcome = when + timedelta(days=days_to_outcome(rng, fate, neglected))

    number = len(world.rows["crm.leads"]) + 1
    contact = f"{rng.choice(FIRST_NAMES)} {rng.choice(LAST_NAMES)}"
    created = at(when, rng)
    if rng.random() < 0.02:  # web forms are also filled in late at night
        created = at(when, rng, (0, 3)) if rng.random() < 0.5 else at(when, rng, (23, 24))
    owner_id = owner.user_id
    if rng.random() < 0.03:
        owner_id = rng.choice(["", "USR-061", "USR-999", "USR-S02", "USR-S01", "007", "usr-002"])
    lead = world.add(
        "crm.leads", lead_id=world.number("LEAD", 5),
        company_name=company_name(rng, number % 1000)[0],
        contact_name=contact, email=f"aday{number:05d}@firma.example",
        phone=f"+90 555 000 00 {number % 100:02d}",
        source=source if rng.random() > 0.012 else None,
        owner_user_id=owner_id or None, created_at=created,
        updated_at=at(min(outcome, AS_OF), rng),
    )
    close = min(outcome, AS_OF)
    statuses = [("new", created)] if rng.random() < 0.2 else []
    working_on = when + timedelta(days=min(rng.randrange(1, 9), (close - when).days))
    statuses.append(("working", max(created, at(working_on, rng))))

    if fate == "disqualified":
        lead["status"] = rng.choice(["new", "working", "working", "qualified"])
        if outcome <= AS_OF:
            lead.update(status="disqualified", disqualified_at=max(created, at(outcome, rng)))
            statuses.append(("disqualified", lead["disqualified_at"]))
    else:
        opened = when + timedelta(days=int((outcome - when).days * rng.uniform(0.1, 0.4)))
        lead["status"] = "working"
        if opened <= AS_OF:
            lead["status"] = "qualified"
            if rng.random() < 0.5:
                statuses.append(("qualified", max(created, at(opened, rng))))
            account_id = add_deal(world, rng, lead, owner, team, region, fate, opened, outcome)
            if fate == "won" and outcome <= AS_OF:
                lead.update(status="converted", converted_account_id=account_id)
                if rng.random() < 0.6:
                    statuses.append(("converted", at(outcome, rng)))
    lead_id = lead["lead_id"]
    for status, stamp in statuses:
        world.add("crm.lead_status_history", lead_id=lead_id, status=status, changed_at=stamp)

    span = (close - when).days
    touches = 1 + min(int(rng.expovariate(1 / 1.25)), 6)
    if neglected:
        touches = 1
    for _ in range(touches):
        touched = when + timedelta(days=rng.randrange(span + 1))
        add_activity(world, rng, owner, touched, lead_id=lead_id)


def add_deal(
    world: World, rng: random.Random, lead: dict, owner: Person, team: str, region: str, fate: str,
    opened: date, outcome: date,
) -> str | None:
    """The lead's opportunity, and what a won one brings: an account, a contract, an invoice."""
    account = None
    opportunity_id = world.number("OPP", 5)
    won = fate == "won" and outcome <= AS_OF
    kind = "new_business"
    current = [
        entry for entry in world.accounts
        if entry["team"] == team and entry["from"] and entry["from"] <= outcome < entry["until"]
    ]
    is_new = rng.random() < (0.5 if lead["source"] == "referral" else 0.33)
    if won and (is_new or not current):
        account = add_account(world, rng, opened, region, team)
        start = outcome + timedelta(days=rng.choice([0, 1, 1, 5, 10, 15, 20, 30]))
        add_chain(world, rng, account, start, outcome, opportunity_id)
    elif won:
        # departments and subsidiaries of customers buy on their own
        account = rng.choice(current)
        kind = rng.choice(["new_business", "upsell", "cross_sell"])
        draw = rng.random()
        if kind != "new_business" and draw < 0.5:
            annual = ANNUAL_VALUE[account["segment"]] * price_level(outcome) * rng.uniform(0.1, 0.4)
            start = outcome + timedelta(days=rng.randrange(20))
            end = add_months(start, 12) - timedelta(days=1)
            contract = add_contract(
                world, rng, account, kind, start, end, annual, outcome, opportunity=opportunity_id
            )
            add_invoices(world, rng, account, contract)
        elif draw > 0.7:  # a training or a service, invoiced without a contract
            issued = outcome + timedelta(days=rng.randrange(1, 20))
            paid = issued + timedelta(days=rng.randrange(5, 60))
            world.add(
                "crm.invoices", invoice_id=world.number("INV", 6), account_id=account["id"],
                status="paid" if paid <= AS_OF else "open", issued_on=min(issued, AS_OF),
                paid_on=paid if paid <= AS_OF else None, currency="TRY",
                amount=f"{6000 * price_level(outcome) * rng.uniform(0.5, 3):.2f}",
            )
    amount = int(60_000 * price_level(opened) * rng.lognormvariate(0, 0.8))
    closed = outcome if outcome <= AS_OF else None
    created_at = max(lead["created_at"], at(opened, rng))
    opportunity = world.add(
        "crm.opportunities", opportunity_id=opportunity_id,
        account_id=account["id"] if account else None, lead_id=lead["lead_id"],
        owner_user_id=owner.user_id, opportunity_type=kind,
        stage=f"closed_{fate}" if closed else rng.choice(OPEN_STAGES),
        amount=amount if rng.random() > 0.05 else None, currency="TRY", created_at=created_at,
        closed_at=max(created_at, at(closed, rng)) if closed else None,
        updated_at=at(closed or min(opened + timedelta(days=9), AS_OF), rng),
    )
    add_stage_history(world, rng, opportunity)
    if won and rng.random() < 0.07:  # an earlier try that was lost
        first = opened + timedelta(days=(outcome - opened).days // 2)
        world.add(
            "crm.opportunities", opportunity_id=world.number("OPP", 5), lead_id=lead["lead_id"],
            owner_user_id=owner.user_id, opportunity_type="new_business", stage="closed_lost",
            amount=amount, currency="TRY", created_at=created_at,
            closed_at=max(created_at, at(first, rng)), updated_at=at(first, rng),
        )
    end = closed or AS_OF
    for _ in range(min(int(rng.expovariate(1 / 1.5)), 5)):
        when = opened + timedelta(days=rng.randrange((end - opened).days + 1))
        add_activity(world, rng, owner, when, opportunity_id=opportunity_id)
    return account["id"] if account else None


def add_stage_history(world: World, rng: random.Random, opportunity: dict) -> None:
    start = opportunity["created_at"]
    stop = opportunity["closed_at"] or datetime(2026, 11, 15, 12, tzinfo=timezone.utc)
    reached = rng.randrange(1, 4)
    if opportunity["stage"] in OPEN_STAGES:
        reached = OPEN_STAGES.index(opportunity["stage"])
    for index, stage in enumerate(OPEN_STAGES[: reached + 1]):
        share = index / (reached + 1) * rng.uniform(0.9, 1.0)
        moment = start + timedelta(seconds=int((stop - start).total_seconds() * share))
        if rng.random() < 0.7:
            world.add(
                "crm.opportunity_stage_history", opportunity_id=opportunity["opportunity_id"],
                stage=stage, changed_at=moment,
            )
    if opportunity["closed_at"]:
        world.add(
            "crm.opportunity_stage_history", opportunity_id=opportunity["opportunity_id"],
            stage=opportunity["stage"], changed_at=opportunity["closed_at"],
        )


ACTIVITY_TYPES = {"call": 36, "email": 30, "meeting": 15, "demo": 9, "task": 10}
ACTIVITY_STATUSES = {"completed": 84, "cancelled": 6, "no_show": 7, "scheduled": 3}


def add_activity(world: World, rng: random.Random, owner: Person, when: date, **named) -> None:
    if owner.team_in_sales(when) is None:
        if rng.random() < 0.8:  # the owner is gone and hardly anybody follows up
            return
        user_id = "USR-S01"
    else:
        user_id = owner.user_id
    kind = pick(rng, ACTIVITY_TYPES)
    status = pick(rng, ACTIVITY_STATUSES)
    if status == "completed" and kind in ("meeting", "demo") and not may_meet(owner, when):
        kind = "call"
    world.add(
        "crm.activities", activity_id=world.number("ACT", 6), activity_type=kind, status=status,
        user_id=user_id if rng.random() > 0.005 else None, occurred_at=at(when, rng, (8, 19)),
        **named,
    )


def make_account_activities(world: World) -> None:
    rng = world.stream("account care")
    for account in world.accounts:
        if not account["from"]:
            continue
        start = max(account["from"], date(2022, 4, 1))
        span = (min(account["until"], AS_OF) - start).days
        for _ in range(max(0, span) // 165):
            when = start + timedelta(days=rng.randrange(span))
            reps = reps_on(world, when, account["team"])
            if reps:
                add_activity(world, rng, rng.choice(reps), when, account_id=account["id"])
    for _ in range(60):  # planned for the weeks after the extract
        when = AS_OF + timedelta(days=rng.randrange(1, 40))
        world.add(
            "crm.activities", activity_id=world.number("ACT", 6),
            activity_type=rng.choice(["meeting", "demo"]), status="scheduled",
            user_id=rng.choice(reps_on(world, AS_OF)).user_id,
            account_id=rng.choice(world.accounts)["id"], occurred_at=at(when, rng),
        )


def make_referrals(world: World) -> None:
    rng = world.stream("referrals")
    for lead in list(world.rows["crm.leads"]):
        if lead["source"] != "referral" or rng.random() > 0.42:
            continue
        entered = business_date(lead["created_at"])
        when = max(entered - timedelta(days=rng.randrange(4)), FIRST_LEAD_MONTH)
        known = [
            account["id"] for account in world.accounts
            if account["from"] and account["from"] <= when <= account["until"]
            and account["id"] != lead["converted_account_id"]
        ]
        world.add(
            "crm.referrals", referral_id=world.number("REF", 4),
            referring_account_id=rng.choice(known), referred_lead_id=lead["lead_id"],
            referred_on=when,
        )


def make_merges(world: World) -> None:
    """Some people fill in two forms; the younger lead is merged into the older one."""
    rng = world.stream("merges")
    leads = [
        lead for lead in world.rows["crm.leads"]
        if lead["status"] in ("new", "working", "disqualified")
    ]
    for _ in range(28):
        index = rng.randrange(40, len(leads))
        younger, older = leads[index], leads[index - rng.randrange(1, 30)]
        if not younger["merged_into_lead_id"] and not older["merged_into_lead_id"]:
            younger["merged_into_lead_id"] = older["lead_id"]


# Hand-laid cases.

OWNERS = ("USR-001", "USR-009", "USR-024", "USR-030", "USR-039", "USR-002", "USR-026", "USR-034")


def moment(text: str) -> str:
    """A stamp for a day on which the hour decides nothing; stamps stay as they are."""
    return f"{text}T07:00:00Z" if len(text) == 10 else text


class Cases:
    """Short ways to lay rows by hand: what is not said is the same everywhere and plain."""

    def __init__(self, world: World) -> None:
        self.world = world

    def account(self, number: int, part: str = "", **values) -> str:
        account_id = f"ACC-{number}{part}"
        index = number + len(part)
        self.world.add("crm.accounts", **{
            "account_id": account_id,
            "account_name": f"{COMPANY_WORDS[index % 16]} Yazılım {number}{part} A.Ş.",
            "segment": list(SEGMENTS)[(index // 3) % 3], "industry": "technology",
            "region": list(REGIONS)[index % 5], "owner_user_id": OWNERS[index % 8],
            "created_at": f"2022-0{index % 9 + 1}-05T09:30:00Z", **values,
        })
        return account_id

    def contract(self, number: int, part: str, start: str, end: str = "", **values) -> None:
        renews = values.pop("renews", None)
        value = round((20_000 + number % 100 * 410 + ord(part) * 37) * price_level(day(start)), -1)
        self.world.add("crm.contracts", **{
            "contract_id": f"CON-{number}-{part}", "account_id": f"ACC-{number}",
            "renewed_from_contract_id": f"CON-{number}-{renews}" if renews else "",
            "contract_type": "renewal" if renews else "new", "status": "active", "signed_on": start,
            "start_date": start, "end_date": end, "total_value": int(value), "currency": "TRY",
            "updated_at": f"{start}T08:00:00Z", **values,
        })

    def customer(self, number: int, *contracts: tuple, **values) -> None:
        self.account(number, **values)
        for part, contract in zip("abcdef", contracts):
            *days, options = contract if isinstance(contract[-1], dict) else (*contract, {})
            self.contract(number, part, *days, **options)

    def invoice(self, number: int, part: str, paid: str, amount: str, **values) -> None:
        self.world.add("crm.invoices", **{
            "invoice_id": f"INV-{number}-{part}", "account_id": f"ACC-{number}", "status": "paid",
            "issued_on": paid, "paid_on": paid, "amount": amount, "currency": "TRY", **values,
        })

    def lead(self, number: int, created: str, part: str = "", **values) -> str:
        lead_id = f"LEAD-{number}{part}"
        self.world.add("crm.leads", **{
            "lead_id": lead_id, "company_name": f"Mavi Lojistik {number}{part}",
            "contact_name": "Derya Yıldız", "email": f"aday{number}{part}@firma.example",
            "phone": f"+90 555 000 00 {number % 100:02d}",
            "source": list(SOURCES)[number % 5], "status": "working",
            "owner_user_id": OWNERS[number % 8], "created_at": moment(created),
            "updated_at": moment(created), **values,
        })
        return lead_id

    def lost(self, number: int, created: str, on: str, part: str = "", **values) -> str:
        closed = {"status": "disqualified", "disqualified_at": moment(on)}
        return self.lead(number, created, part, **closed | values)

    def deal(
        self, number: int, part: str, created: str, closed: str = "", won: bool = True, **values
    ) -> None:
        stage = ("closed_won" if won else "closed_lost") if closed else "proposal"
        self.world.add("crm.opportunities", **{
            "opportunity_id": f"OPP-{number}-{part}", "lead_id": f"LEAD-{number}",
            "owner_user_id": OWNERS[number % 8], "opportunity_type": "new_business", "stage": stage,
            "amount": f"{number * 11}.50", "currency": "TRY", "created_at": moment(created),
            "closed_at": moment(closed), "updated_at": moment(closed or created), **values,
        })

    def touch(self, number: int, part: str, when: str, **values) -> None:
        named = {"lead_id": f"LEAD-{number}"}
        if values.keys() & {"lead_id", "opportunity_id", "account_id"}:
            named = {}
        self.world.add("crm.activities", **{
            "activity_id": f"ACT-{number}-{part}", "activity_type": "call", "status": "completed",
            "user_id": OWNERS[number % 8], "occurred_at": moment(when), **named, **values,
        })

    def referral(self, number: int, part: str, account: str, lead: str, on: str) -> None:
        self.world.add(
            "crm.referrals", referral_id=f"REF-{number}-{part}", referring_account_id=account,
            referred_lead_id=lead, referred_on=on,
        )


def renewal(part: str = "a", **values) -> dict:
    """What makes a contract the renewal of the customer's contract of that letter."""
    return {"renews": part, **values}


def lay_renewals(case: Cases) -> None:
    # 29, 30 and 31 full days between end and renewal: the last one is churn and a reactivation
    case.customer(9101, ("2023-06-02", "2024-06-01"), ("2024-07-01", "", renewal()))
    case.customer(9102, ("2023-06-01", "2024-05-31"), ("2024-07-01", "", renewal()))
    case.customer(9103, ("2023-05-31", "2024-05-30"), ("2024-07-01", "", renewal()))
    # a renewal that starts before what it renews, or on the same day, renews nothing
    case.customer(9104, ("2024-03-10", "2025-06-15"), ("2024-03-09", "2024-05-20", renewal()))
    case.customer(9105, ("2025-02-01", "2026-01-31"), ("2025-02-01", "2025-05-31", renewal()))
    # one day later it does, and the first contract was active for a day
    case.customer(9106, ("2025-08-31", "2026-08-30"), ("2025-09-01", "", renewal()))
    # of two renewals the one that starts first counts: without it this is a gap of 45 days
    case.customer(
        9107, ("2023-09-21", "2024-09-20"), ("2024-11-05", "2025-11-04", renewal()),
        ("2024-10-05", "", renewal()),
    )
    # both early: the first of them ends the old contract
    case.customer(
        9108, ("2024-01-01", "2024-12-31"), ("2024-10-01", "2025-09-30", renewal()),
        ("2024-07-01", "", renewal()),
    )
    # another account's contract is no renewal
    case.customer(9109, ("2023-09-16", "2024-09-15"))
    case.account(9109, "b")
    case.contract(9109, "b", "2024-10-05", "2026-10-04", renews="a", account_id="ACC-9109b")
    # neither a draft, a void nor a cancelled-before-start renewal keeps the customer
    case.customer(9110, ("2022-09-21", "2023-09-20"), ("2023-10-05", "", renewal(status="draft")))
    case.customer(9111, ("2023-03-06", "2024-03-05"), ("2024-04-02", "", renewal(status="void")))
    case.customer(
        9112, ("2024-12-12", "2025-12-11"),
        ("2026-01-02", "2027-01-01", renewal(status="cancelled", cancelled_on="2025-12-30")),
    )
    # an early renewal is not counted twice
    case.customer(9113, ("2025-01-01", "2025-12-31"), ("2025-11-10", "2026-12-31", renewal()))
    # the renewal of an open-ended contract ends it on the day before
    case.customer(9114, ("2022-02-15",),
                  ("2024-08-01", "", renewal(currency="USD", total_value="9800")))
    # what was cancelled has ended then: a renewal 55 days later is too late, whatever end_date says
    case.customer(
        9145, ("2025-03-01", "2026-02-28", {"status": "cancelled", "cancelled_on": "2025-08-20"}),
        ("2025-10-15", "", renewal()),
    )
    # only renewed_from_contract_id makes a renewal, not the type
    case.customer(9144, ("2024-06-16", "2025-06-15"),
                  ("2025-07-06", "", {"contract_type": "renewal"}))
    case.customer(9143, ("2024-09-16", "2025-09-15"),
                  ("2025-10-06", "", renewal(contract_type="new")))
    # a renewal of itself, and of a contract that nobody knows
    case.customer(9146, ("2025-04-01", "2027-03-31", {"renewed_from_contract_id": "CON-9146-a"}))
    case.customer(9142, ("2023-11-01", "", {"renewed_from_contract_id": "CON-404"}))
    # signed, not yet started, within the grace days of today
    case.customer(9149, ("2025-11-06", "2026-11-05"),
                  ("2026-12-01", "2027-11-30", renewal(signed_on="2026-11-02")))
    # signed after as_of_date: not there yet, though it starts before; the old contract has ended
    case.customer(9131, ("2025-11-01", "2026-10-31"),
                  ("2026-11-10", "2027-11-09", renewal(signed_on="2026-11-16")))
    # a renewal that starts late but was signed before the end
    case.customer(9150, ("2023-12-01", "2024-11-30"),
                  ("2025-01-02", "2026-12-31", renewal(signed_on="2024-11-29")))


def lay_contracts(case: Cases) -> None:
    cancelled = {"status": "cancelled"}
    # open-ended and cancelled: the last day counts
    case.customer(9115, ("2023-02-01", "", {**cancelled, "cancelled_on": "2025-03-31"}))
    # cancelled on its first day: active that day; the day before: counts nowhere; after: two days
    case.customer(9116, ("2024-06-30", "2025-06-29", {**cancelled, "cancelled_on": "2024-06-30"}))
    case.customer(9117, ("2024-06-30", "2025-06-29", {**cancelled, "cancelled_on": "2024-06-29"}))
    case.customer(9118, ("2024-09-29", "2025-09-28", {**cancelled, "cancelled_on": "2024-09-30"}))
    # cancelled after its end, and on a day that has not come
    case.customer(9119, ("2023-11-16", "2024-11-15", {**cancelled, "cancelled_on": "2024-12-20"}))
    case.customer(9120, ("2026-01-01", "2026-12-31", {**cancelled, "cancelled_on": "2026-12-01"}))
    # a contract's last day is a quarter's last; another's first day is a quarter's first
    case.customer(9121, ("2024-07-01", "2025-06-30", {"status": "expired"}))
    case.customer(9123, ("2025-04-01", "2027-03-31"))
    case.customer(9124, ("2025-12-31", "2027-12-30"))
    # 365 and 366 days, from 29 February and three years: all are whole years
    case.customer(9125, ("2023-03-01", "2024-02-28"), ("2024-02-29", "2025-02-28", renewal()),
                  ("2025-03-01", "2028-02-29", renewal("b", total_value="990000")))
    case.customer(9126, ("2024-01-01", "2024-12-31"),
                  ("2025-01-01", "2027-12-31", renewal(total_value="1240000.5")))
    # 11.47 and 11.56 months are no longer than a year; 12.48 are 12 and 12.52 are 13
    case.customer(9127, ("2025-01-15", "2025-12-29"), ("2025-12-30", "2026-12-16", renewal()))
    case.customer(9128, ("2024-02-01", "2025-02-14"), ("2025-02-15", "2026-03-02", renewal()),
                  ("2026-03-03", "2027-09-02", {"renews": "b"}))
    # three months are not blown up to a year
    case.customer(9130, ("2025-08-15", "2025-11-14"), ("2025-11-15", "2026-02-14", renewal()),
                  ("2026-02-15", "2027-02-14", {"renews": "b"}))
    # signed in one quarter, starting in the next; the day of signature missing; signed afterwards
    case.customer(9132, ("2025-01-10", "2027-01-09", {"signed_on": "2024-12-20"}))
    case.customer(9133, ("2024-10-01", "", {"signed_on": ""}))
    case.customer(9136, ("2024-06-20", "2026-12-19", {"signed_on": "2024-07-05"}))
    # signed today and tomorrow: tomorrow's is not there although it has started
    case.customer(9134, ("2026-11-01", "2027-10-31", {"signed_on": "2026-11-16"}))
    case.customer(9135, ("2026-12-15", "2027-12-14", {"signed_on": "2026-11-15"}))
    # cancelled on a day that has not come, before the start: signed and still wanted today
    case.customer(9138, ("2027-01-01", "2027-12-31", {
        **cancelled, "signed_on": "2026-10-20", "cancelled_on": "2026-12-10"}))
    # fees come off, also those of an open-ended contract; fees of the whole value leave nothing
    case.customer(9137, ("2024-04-01", "", {"total_value": "360000", "one_time_fees": "48000.25"}))
    case.customer(9139,
                  ("2025-05-05", "2026-05-04", {"total_value": "7500", "one_time_fees": "7500"}),
                  ("2026-05-05", "", renewal(total_value="+96500.", one_time_fees=".5")))
    case.customer(9140, ("2025-09-01", "2026-12-31", {"total_value": "0"}))
    # upsell and cross-sell run beside the main contract
    case.customer(
        9141, ("2024-05-01", "2027-04-30", {"total_value": "1260000"}),
        ("2025-02-01", "2026-01-31", {"contract_type": "upsell"}),
        ("2025-06-01", "2026-05-31", {"contract_type": "Cross-Sell"}),
    )
    # the status makes no difference: expired before its end, active after it
    case.customer(9151, ("2025-10-01", "2027-09-30", {"status": "expired"}))
    case.customer(9152, ("2023-04-11", "2024-04-10", {"status": "active"}))
    # a contract of an account that is not there is a customer of unknown segment
    case.contract(9153, "a", "2023-08-01", "2026-07-31", account_id="ACC-4041")


def lay_money(case: Cases) -> None:
    usd = {"currency": "usd", "total_value": "6400"}
    eur = {"currency": " eur", "total_value": "5150.5"}
    # the day before a rate takes the one before, its own day takes it, the day after too
    case.customer(9201, ("2024-03-01", "2027-02-28", {**usd, "signed_on": "2024-02-29"}))
    case.customer(9202, ("2024-03-01", "2027-02-28", {**usd, "signed_on": "2024-03-01"}))
    case.customer(9203, ("2024-03-02", "2027-03-01", {**usd, "signed_on": "2024-03-02"}))
    # two rates in one month
    case.customer(9204, ("2024-09-20", "2026-12-31", {**usd, "signed_on": "2024-09-14"}))
    case.customer(9205, ("2024-09-20", "2026-12-31", {**usd, "signed_on": "2024-09-15"}))
    case.customer(9206, ("2024-09-20", "2026-12-31", {**usd, "signed_on": "2024-09-16"}))
    # converted at signed_on, not at the start; without signed_on at the start
    case.customer(9207, ("2025-06-01", "2027-05-31", {**eur, "signed_on": "2024-11-20"}))
    case.customer(9208, ("2025-06-01", "2027-05-31", {**eur, "signed_on": ""}))
    # pounds on the very first day that has a rate
    case.customer(9209, ("2024-07-01", "2026-12-31", {"currency": "GBP", "total_value": "4800"}))
    # invoices convert at paid_on: a rate lies between issue and payment
    case.invoice(9201, "a", "2025-04-02", "3100", currency="USD", issued_on="2025-03-28")
    case.invoice(9202, "a", "2025-03-19", "2750.75", currency="Usd", issued_on="2025-02-27")
    case.invoice(9203, "a", "2025-03-18", "2750.75", currency="EUR", issued_on="2025-02-27")
    # issued before the first rate of its currency, paid after it
    case.invoice(9209, "a", "2024-07-04", "1200", currency="GBP", issued_on="2024-06-28")
    # a payment of a day before any rate needs none in the reporting currency
    case.invoice(9209, "b", "2018-11-30", "900", issued_on="2018-11-20")


def lay_customers(case: Cases) -> None:
    # paid on a cutoff and the day after
    case.customer(9301, ("2025-01-10", "2027-01-09"))
    case.invoice(9301, "a", "2025-03-31", "41250.40")
    case.invoice(9301, "b", "2025-04-01", "38110")
    # a credit note makes no customer, an invoice of 0 does
    case.customer(9303, ("2024-01-20", "2026-12-31"))
    case.invoice(9303, "a", "2023-11-08", "-1500")
    case.invoice(9303, "b", "2024-02-20", "52000", issued_on="2024-01-21")
    case.customer(9304, ("2024-02-10", "2026-12-31"))
    case.invoice(9304, "a", "2023-12-20", "0")
    case.invoice(9304, "b", "2024-02-20", "28500.5")
    # a customer by an invoice alone has a lifetime value and no contract
    case.account(9305)
    case.invoice(9305, "a", "2024-05-17", "18800")
    case.invoice(9305, "b", "2024-08-02", "-2300.25", issued_on="2024-07-30")
    # so is an account that nobody knows
    case.invoice(9306, "a", "2024-11-12", "21400", account_id="ACC-4042")
    # void and open invoices with a day of payment were not paid
    case.account(9307)
    case.invoice(9307, "a", "2024-02-14", "99000", status="void")
    case.invoice(9307, "b", "2024-02-15", "98000", status="open")
    # the only contract starts on the last day and on the first day of a year
    case.customer(9308, ("2023-12-31", "2026-12-30"))
    case.customer(9309, ("2024-01-01", "2026-12-31"))
    # back after a gap longer than the grace days: reactivated, not new
    case.customer(9310, ("2022-06-01", "2023-05-31"), ("2024-02-01", "2026-12-31"))
    # paid before the first contract starts, in the year before it
    case.customer(9311, ("2025-01-15", "2027-01-14", {"signed_on": "2024-12-16"}))
    case.invoice(9311, "a", "2024-12-28", "64900")
    # a contract that never counted makes nobody a customer: new when the first counted one starts
    case.customer(9312, ("2023-02-01", "2023-10-31", {"status": "draft"}),
                  ("2024-04-15", "2027-04-14"))
    # came and went within one quarter; starts after the last payment that has not come yet
    case.customer(9313, ("2025-07-03", "2025-09-12", {"status": "expired"}))
    case.invoice(9313, "a", "2026-11-20", "15000", issued_on="2025-07-05")
    # first counted contract starts in the period, but it is a returning payer: new all the same
    case.customer(9314, ("2024-07-01", "2026-12-31"))
    case.invoice(9314, "a", "2023-07-14", "7700")


def lay_leads(case: Cases) -> None:
    # 23:30 UTC on a quarter's last day is the next quarter in Istanbul; so is 21:00, not 20:59:59
    case.lost(9401, "2024-03-31T23:30:00Z", "2024-05-02")
    case.lost(9402, "2024-06-30T20:59:59Z", "2024-08-01")
    case.lost(9403, "2024-06-30T21:00:00Z", "2024-08-01")
    case.lost(9404, "2024-12-31 20:59:59.999999", "2025-02-01T00:10:00+0300")
    # a date alone is that day in Istanbul, which begins in UTC's day before
    case.lost(9405, "", "2024-11-05", created_at="2024-10-01")
    # an offset moves the day: 1 July there and still 30 June in Istanbul, and the other way round
    case.lost(9406, "2025-07-01T07:30:00+12:00", "2025-08-11T09:00:00+03")
    case.lost(9407, "2025-06-30T15:00:00-08:00", "2025-08-12T09:00+03:00")
    # the clock of Istanbul: +02:00 in the winter of 2015, +03:00 from September 2016 on
    case.lost(9408, "2015-12-31T21:30:00Z", "2023-02-09")
    case.lost(9409, "2016-12-31T21:30:00Z", "2023-03-15")
    # won on the last moment of a quarter, and on the first of the next
    case.lead(9410, "2025-05-06", status="converted")
    case.deal(9410, "a", "2025-05-20", "2025-06-30T20:59:59Z")
    case.lead(9411, "2025-05-06", status="converted")
    case.deal(9411, "a", "2025-05-20", "2025-06-30T21:00:00Z")
    # outcomes after as_of_date: won, lost and disqualified, all still open
    case.lead(9412, "2026-09-07", status="converted")
    case.deal(9412, "a", "2026-09-20", "2026-11-16")
    case.lead(9413, "2026-09-08", status="qualified")
    case.deal(9413, "a", "2026-09-21", "2026-11-15T21:00:00Z", won=False)
    case.lost(9414, "2026-09-09", "2026-11-16")
    # disqualified later, but all its opportunities were lost before: lost on that day
    case.lost(9415, "2026-07-06", "2026-11-20")
    case.deal(9415, "a", "2026-07-20", "2026-10-05", won=False)
    # one opportunity lost and one closed after as_of_date: open
    case.lead(9416, "2026-08-10", status="qualified")
    case.deal(9416, "a", "2026-08-20", "2026-09-25", won=False)
    case.deal(9416, "b", "2026-08-21", "2026-11-18")
    # an opportunity created after as_of_date is not there, even if it was closed before
    case.lead(9417, "2026-08-11", status="qualified")
    case.deal(9417, "a", "2026-08-22", "2026-10-20", won=False)
    case.deal(9417, "b", "2026-11-16T06:00:00Z")
    case.lead(9444, "2026-08-12", status="converted")
    case.deal(9444, "a", "2026-11-16T06:00:00Z", "2026-11-10T06:00:00Z")
    # a lead of tomorrow is not there; tomorrow begins at 21:00 UTC
    case.lead(9418, "2026-11-15T21:00:00Z")
    case.lead(9419, "2026-11-15T20:59:59Z")
    # outcomes dated before the lead entered move to that day
    case.lead(9420, "2024-04-02", status="converted")
    case.deal(9420, "a", "2024-03-01", "2024-03-20")
    case.lost(9421, "2024-07-02", "2024-06-11")
    case.lead(9422, "2024-10-02", status="qualified")
    case.deal(9422, "a", "2024-08-02", "2024-09-11", won=False)
    # won and disqualified: won; disqualified with an open opportunity: lost on that day
    case.lost(9423, "2024-05-06", "2024-05-30")
    case.deal(9423, "a", "2024-05-10", "2024-07-12")
    case.lost(9424, "2024-05-07", "2024-07-15")
    case.deal(9424, "a", "2024-05-11")
    # disqualified and all lost later: the day of disqualification
    case.lost(9425, "2025-02-03", "2025-03-20")
    case.deal(9425, "a", "2025-02-10", "2025-04-22", won=False)
    # two lost: the later day; one lost and one running: open
    case.lead(9426, "2025-08-04", status="qualified")
    case.deal(9426, "a", "2025-08-11", "2025-10-13", won=False)
    case.deal(9426, "b", "2025-08-12", "2025-09-15", won=False)
    case.lead(9427, "2026-06-08", status="qualified")
    case.deal(9427, "a", "2026-06-15", "2026-08-17", won=False)
    case.deal(9427, "b", "2026-06-16")
    # two won: the earlier day; won after lost: won
    case.lead(9428, "2025-11-03", status="converted")
    case.deal(9428, "a", "2025-11-10", "2026-01-20")
    case.deal(9428, "b", "2025-11-11", "2025-12-22")
    # converted without an opportunity is no outcome
    case.lead(9429, "2026-05-04", status="converted", converted_account_id="ACC-9301")
    # a day of disqualification without the status is none
    case.lead(9430, "2026-07-07", disqualified_at="2026-08-03T07:00:00Z")
    # won on the 90th and on the 91st day after entry
    case.lead(9431, "2025-01-15", status="converted")
    case.deal(9431, "a", "2025-02-15", "2025-04-15")
    case.lead(9432, "2025-01-15", status="converted")
    case.deal(9432, "a", "2025-02-15", "2025-04-16")
    # its team is the owner's on the day of entry: before, on and after the day the team changed
    case.lost(9433, "2024-09-30", "2024-11-20", owner_user_id="USR-013")
    case.lost(9434, "2024-09-30T22:00:00Z", "2024-11-21", owner_user_id="USR-013")
    # an owner with two jobs from one day, one with a later job elsewhere, one of another department
    case.lost(9435, "2023-10-10", "2023-12-04", owner_user_id="USR-032")
    case.lost(9436, "2024-04-16", "2024-06-04", owner_user_id="USR-051")
    case.lost(9437, "2025-03-11", "2025-05-05", owner_user_id="USR-061")
    # an owner without a team, one on the day after the last, one nobody knows, none, a system user
    case.lost(9438, "2024-02-13", "2024-04-01", owner_user_id="USR-046")
    case.lost(9439, "2024-04-01", "2024-06-03", owner_user_id="USR-004")
    case.lost(9440, "2024-09-10", "2024-11-04", owner_user_id="USR-404", source="")
    case.lost(9441, "2025-05-13", "2025-07-08", owner_user_id="", source="WEB ")
    case.lost(9442, "2025-10-14", "2025-12-09", owner_user_id="USR-S01", source="Fuar")
    # an opportunity created after its lead was closed reopens nothing that was won
    case.lead(9443, "2025-09-02", status="converted", owner_user_id="USR-032")
    case.deal(9443, "a", "2025-09-10", "2025-10-21")
    case.deal(9443, "b", "2025-12-10")


def lay_touches(case: Cases) -> None:
    def quiet_lead(number: int, part: str = "") -> None:
        case.lost(number, "2025-07-02", "2025-10-07", part)

    # at the end of September 2025: idle for 30 days is not stale, 31 days are
    quiet_lead(9501)
    case.touch(9501, "a", "2025-08-31")
    quiet_lead(9502)
    case.touch(9502, "a", "2025-08-30T20:59:59Z")
    # the same by the day in Istanbul
    quiet_lead(9503)
    case.touch(9503, "a", "2025-08-30T21:00:00Z")
    # what was planned, missed or called off touches nobody
    quiet_lead(9504)
    for part, status in zip("abc", ("scheduled", "No Show", "CANCELLED")):
        case.touch(9504, part, "2025-09-12", status=status)
    # touches by way of an opportunity, its stages, and the lead's statuses
    for number in (9505, 9506):
        quiet_lead(number)
        case.deal(number, "a", "2025-07-10")
    case.touch(9505, "a", "2025-09-05", opportunity_id="OPP-9505-a")
    case.world.add(
        "crm.opportunity_stage_history", opportunity_id="OPP-9506-a", stage="proposal",
        changed_at="2025-09-08T10:00:00+03:00",
    )
    quiet_lead(9507)
    case.world.add(
        "crm.lead_status_history", lead_id="LEAD-9507", status="working", changed_at="2025-09-10",
    )
    # a touch before the entry leaves the entry's day; one on the account alone is not on the lead
    quiet_lead(9508)
    case.touch(9508, "a", "2025-06-20")
    case.touch(9508, "b", "2025-09-15", account_id="ACC-9301")
    # a touch of the day after the cutoff in Istanbul; one after as_of_date
    quiet_lead(9509)
    case.touch(9509, "a", "2025-09-30T21:10:00Z")
    case.lead(9510, "2026-08-24")
    case.touch(9510, "a", "2026-11-16")
    # an activity that names a lead and an opportunity of another one touches both
    quiet_lead(9514)
    quiet_lead(9515)
    case.deal(9515, "a", "2025-07-14")
    case.touch(9514, "a", "2025-09-16", lead_id="LEAD-9514", opportunity_id="OPP-9515-a")
    # 30 and 31 days before today
    case.lead(9511, "2026-08-25")
    case.touch(9511, "a", "2026-10-16")
    case.lead(9512, "2026-08-26")
    case.touch(9512, "a", "2026-10-15")
    # a task touches as well; what happens to an opportunity of no lead does not
    quiet_lead(9513)
    case.touch(9513, "a", "2025-09-18", activity_type="task")
    case.deal(9513, "b", "2025-07-12", lead_id="")
    case.touch(9513, "b", "2025-09-29", opportunity_id="OPP-9513-b")


def lay_merges(case: Cases) -> None:
    # a chain of three: what names the first means the last, which is won by it
    case.lead(9601, "2025-02-11", status="converted")
    case.lead(9601, "2025-02-04", "b", merged_into_lead_id="LEAD-9601")
    case.lead(9601, "2025-01-28", "c", merged_into_lead_id=" LEAD-9601b")
    case.deal(9601, "a", "2025-02-20", "2025-05-14", lead_id="LEAD-9601c")
    # activities and statuses of a merged lead touch the other one
    case.lost(9602, "2025-07-03", "2025-10-14")
    case.lead(9602, "2025-07-04", "b", merged_into_lead_id="LEAD-9602")
    case.touch(9602, "a", "2025-09-09", lead_id="LEAD-9602b")
    case.lost(9603, "2025-07-05", "2025-10-15")
    case.lead(9603, "2025-07-06", "b", merged_into_lead_id="LEAD-9603")
    case.world.add(
        "crm.lead_status_history", lead_id="LEAD-9603b", status="qualified",
        changed_at="2025-09-11T07:00:00Z",
    )
    # merged into a lead that nobody knows: no lead, whatever became of it
    case.lead(9604, "2025-03-04", merged_into_lead_id="LEAD-4041", status="converted")
    case.deal(9604, "a", "2025-03-10", "2025-04-03")
    # a circle of two, a tail into it, and one merged into itself: none is a lead
    case.lead(9605, "2025-04-08", merged_into_lead_id="LEAD-9605b")
    case.lead(9605, "2025-04-09", "b", merged_into_lead_id="LEAD-9605")
    case.lead(9606, "2025-04-10", merged_into_lead_id="LEAD-9605")
    case.lead(9607, "2025-04-11", merged_into_lead_id="LEAD-9607")
    case.deal(9605, "a", "2025-04-20", "2025-05-26")
    case.deal(9606, "a", "2025-04-21", "2025-05-27")
    case.touch(9607, "a", "2025-05-02")
    # an opportunity of a merged lead keeps the other one open
    case.lead(9608, "2026-07-20", status="qualified")
    case.lead(9608, "2026-07-21", "b", merged_into_lead_id="LEAD-9608")
    case.deal(9608, "a", "2026-07-28", "2026-09-14", won=False)
    case.deal(9608, "b", "2026-07-29", lead_id="LEAD-9608b")
    # merged into a lead that enters after as_of_date: neither is there
    case.lead(9609, "2026-11-17")
    case.lead(9609, "2026-10-20", "b", merged_into_lead_id="LEAD-9609")
    # an opportunity of no lead at all, and of an unknown one
    case.deal(9610, "a", "2025-06-10", "2025-07-22", lead_id="LEAD-4042")


# Activities that come before a spell's first customer meeting and must not be taken for it.
BEFORE_RAMP_UP = [
    # planned and called off
    ("0035", "2023-07-10", 11, {"status": "scheduled"}),
    ("0035", "2023-07-10", 18, {"status": "cancelled"}),
    # nobody came
    ("0005", "2023-09-18", 6, {"status": "no_show"}),
    # a meeting that names nobody is no customer's
    ("0046", "2023-10-02", 9, {"account_id": ""}),
    # a call is no meeting
    ("0015", "2023-11-06", 8, {"activity_type": "call"}),
    # a colleague's meeting
    ("0006", "2024-05-13", 7, {"user_id": "USR-002"}),
    # before the spell: as a marketer, and on the day between two spells
    ("0042", "2024-02-05", -26, {}),
    ("0014", "2025-01-02", -1, {}),
    # after the spell
    ("0018", "2026-03-02", 47, {}),
    # after as_of_date
    ("0047", "2026-10-05", 42, {}),
    ("0047", "2026-10-05", 24, {"status": "scheduled"}),
]
FIRST_MEETINGS = {  # what is special about the meeting that counts
    ("0014", "2023-04-01"): {"occurred_at": "2023-03-31T21:00:00Z"},
    ("0015", "2023-11-06"): {"activity_type": "demo"},
    ("0006", "2024-05-13"): {"activity_type": "DEMO"},
    ("0026", "2024-09-02"): {"account_id": "", "lead_id": "LEAD-4043"},
    ("0038", "2025-01-13"): {"account_id": "", "opportunity_id": "OPP-4041"},
    ("0043", "2024-06-03"): {"user_id": "USR-043b"},
    ("0050", "2025-04-07"): {"occurred_at": "2025-06-20T20:59:59Z"},
}


def lay_ramp_up(case: Cases) -> None:
    def meeting(number: int, spell: tuple[str, str], days: int, special: dict) -> None:
        person, start = spell
        when = day(start) + timedelta(days=days)
        case.touch(number, f"{person}-{when:%y%m%d}", f"{when}", **{
            "activity_type": "meeting", "user_id": f"USR-{person[1:]}", "account_id": "ACC-9123",
            **special,
        })

    for spell, days in RAMP_DAYS.items():
        if days is not None:
            meeting(9801, spell, days, FIRST_MEETINGS.get(spell, {}))
    for person, start, days, special in BEFORE_RAMP_UP:
        meeting(9802, (person, start), days, special)
    # a win before the spell is not its first, nor is one after the last day
    case.deal(9803, "a", "2023-11-02", "2024-01-19", lead_id="", owner_user_id="USR-042")
    case.deal(9803, "b", "2023-01-10", "2023-02-20", lead_id="", owner_user_id="USR-044")
    case.deal(9803, "c", "2026-03-20", "2026-05-04", lead_id="", owner_user_id="USR-018")
    # a win on the last day, by the second user, and one of each spell
    case.deal(9804, "a", "2025-05-05", "2025-06-20", lead_id="", owner_user_id="USR-050")
    case.deal(9804, "b", "2024-06-20", "2024-07-26", lead_id="", owner_user_id="USR-043b")
    # lost is not won
    case.deal(9804, "c", "2026-10-12", "2026-10-30", won=False, lead_id="", owner_user_id="USR-047")


def lay_referrals(case: Cases) -> None:
    def referred(number: int, created: str, won: str, **values) -> str:
        case.deal(number, "a", created, won)
        return case.lead(number, created, source="referral", status="converted", **values)

    # accounts that refer: a customer throughout, one that lapsed on 2024-09-15, a second customer
    steady, lapsed, second = "ACC-9123", "ACC-9109", "ACC-9141"
    # by a customer on its last active day, and the day after it
    lead = referred(9901, "2024-09-16", "2024-11-11")
    case.referral(9901, "a", lapsed, lead, "2024-09-15")
    case.lost(9902, "2024-09-17", "2024-10-22", source="referral")
    case.referral(9902, "a", lapsed, "LEAD-9902", "2024-09-16")
    # in the grace days of a late renewal the customer is active
    lead = referred(9903, "2024-06-18", "2024-08-20")
    case.referral(9903, "a", "ACC-9102", lead, "2024-06-17")
    # of itself
    lead = referred(9904, "2025-05-19", "2025-07-15", converted_account_id=steady)
    case.referral(9904, "a", steady, lead, "2025-05-19")
    # first of itself, then by another one: the second counts
    lead = referred(9905, "2025-06-16", "2025-09-02", converted_account_id=steady)
    case.referral(9905, "a", steady, lead, "2025-06-16")
    case.referral(9905, "b", second, lead, "2025-07-02")
    # twice: the first day counts, though it was entered last
    lead = referred(9906, "2025-08-18", "2025-10-27")
    case.referral(9906, "a", second, lead, "2025-09-04")
    case.referral(9906, "b", steady, lead, "2025-08-29")
    # twice on one day: the id decides, by code point (10 before 9)
    case.lost(9907, "2025-11-11", "2026-01-13", source="referral")
    case.referral(9907, "9", steady, "LEAD-9907", "2025-11-12")
    case.referral(9907, "10", second, "LEAD-9907", "2025-11-12")
    # first by a lapsed customer, who does not count, then by an active one
    lead = referred(9908, "2025-10-06", "2025-12-16")
    case.referral(9908, "a", lapsed, lead, "2025-10-01")
    case.referral(9908, "b", second, lead, "2025-10-08")
    # of an unknown lead, twice: it counts once and is never won
    case.referral(9909, "a", steady, "LEAD-4044", "2026-02-10")
    case.referral(9909, "b", second, "LEAD-4044", "2026-04-10")
    # of a lead that enters after as_of_date, whose win is dated before it
    case.lead(9910, "2026-11-18", source="referral", status="converted")
    case.deal(9910, "a", "2026-10-05", "2026-11-10")
    case.referral(9910, "a", steady, "LEAD-9910", "2026-10-27")
    # of a merged lead: it means the other one, which was referred before
    lead = referred(9911, "2026-01-20", "2026-03-17")
    case.lead(9911, "2026-01-19", "b", source="referral", merged_into_lead_id=lead)
    case.referral(9911, "a", second, "LEAD-9911b", "2026-01-19")
    case.referral(9911, "b", steady, "LEAD-9911", "2026-02-02")
    # of itself by way of a merged lead
    lead = referred(9912, "2026-05-11", "2026-07-07", converted_account_id=second)
    case.lead(9912, "2026-05-12", "b", merged_into_lead_id=lead)
    case.referral(9912, "a", second, "LEAD-9912b", "2026-05-12")
    # of a lead in a circle
    case.referral(9913, "a", steady, "LEAD-9605", "2025-04-28")
    # by an account that nobody knows: one with an active contract, one without
    case.lost(9914, "2025-03-17", "2025-05-20", source="referral")
    case.referral(9914, "a", "ACC-4041", "LEAD-9914", "2025-03-18")
    case.lost(9915, "2025-03-18", "2025-05-21", source="referral")
    case.referral(9915, "a", "ACC-4043", "LEAD-9915", "2025-03-19")
    # after as_of_date; by a customer of an invoice alone; won only after as_of_date
    case.lead(9916, "2026-10-12", source="referral")
    case.referral(9916, "a", steady, "LEAD-9916", "2026-11-16")
    case.lost(9917, "2024-09-03", "2024-11-12", source="referral")
    case.referral(9917, "a", "ACC-9305", "LEAD-9917", "2024-09-04")
    lead = referred(9918, "2026-10-13", "2026-11-16")
    case.referral(9918, "a", second, lead, "2026-10-13")


def lay_odd_texts(case: Cases) -> None:
    """Names, ids and labels that look like numbers, blanks, formulas or code."""
    odd = [
        ("007", '=HYPERLINK("http://firma.example/?x="&A1;"Tıkla")', "smb", "Marmara"),
        ("12345678901234567890", "<script>alert('x')</script> Yazılım A.Ş.", "Enterprise", "Ege"),
        ("29051_00040", "{{ var('reporting_currency') }} Danışmanlık A.Ş.", "Mid Market", "None"),
        ("1e5", "{% if true %}Jinja{% endif %} {# yok #}", "MID-MARKET", "NA"),
        ("0010", "+1 Sigorta", "null", "İç Anadolu"),
        ("ACC-9906", "@SUM(A1:A9) Muhasebe", "SMB ", "iç anadolu"),
        ("ACC-9907", "-2+3 Lojistik, \"Şube\"", "kobi\u00a0plus", "=1+1"),
        ("ACC-9908", "'; drop table raw_crm__accounts; --", "smb", "<b>Ege</b>"),
        ("ACC-9909", "İki satırlı\nad, virgüllü", "KAMU İHALE", "Akdeniz"),
        ("ACC-9910", "null", "ISITMA", "{{ region }}"),
        ("ACC-9911", "NA", "smb", "\u00a0\t"),
        ("acc-9911", "None", "\u00a0", "Karadeniz"),
    ]
    for index, (account_id, name, segment, region) in enumerate(odd):
        number = 9920 + index
        case.account(
            number, account_id=account_id, account_name=name, segment=segment, region=region,
            owner_user_id=["USR-001", "usr-009", "007", "", "USR-030"][index % 5],
            updated_at=["", "2026-01-02T03:04:05.123456Z", "9999-12-31"][index % 3],
        )
        start = date(2023, 3, 1) + timedelta(days=97 * index)
        case.contract(number, "a", start.isoformat(), account_id=account_id)
        case.invoice(
            number, "a", (start + timedelta(days=20)).isoformat(), f"{5000 + 313 * index}.25",
            account_id=account_id, contract_id=f"CON-{number}-a",
        )
    case.lost(9951, "2024-08-13", "2024-10-01", lead_id="00012345678901234567",
              company_name="=cmd|' /C calc'!A0", email="İBRAHİM.IŞIK@FİRMA.example", source="null")
    case.lost(9952, "2025-01-21", "2025-03-04", lead_id="12345678901234567",
              contact_name="\"Derya\" Yıldız", source="OUTBOUND", owner_user_id="\t007 ")
    case.lost(9953, "2025-04-22", "2025-06-10", lead_id="1234567890123456700000",
              company_name="Satır 1\nSatır 2", phone="=1+1", source="İş Ortağı")
    case.lost(9954, "2026-02-17", "2026-03-31", source="PARTNER\u00a0", status="DİSQUALİFİED")
    case.lost(9955, "2026-02-18", "2026-04-01", source="  ", status="Disqualified")
    case.touch(9956, "a", "2026-03-03", lead_id="12345678901234567", activity_type="EMAİL")
    case.touch(9956, "b", "2026-03-04", lead_id="", status="no\u00a0show", activity_type="MEETING")


def lay_cases(world: World) -> None:
    case = Cases(world)
    lay_renewals(case)
    lay_contracts(case)
    lay_money(case)
    lay_customers(case)
    lay_leads(case)
    lay_touches(case)
    lay_merges(case)
    lay_ramp_up(case)
    lay_referrals(case)
    lay_odd_texts(case)


# Targets.

# Targets of the quarters and the year 2023, 2024 and 2025; of the months, quarters and year 2026.
TARGETS = """
annual_contract_value   290000 330000   480000 560000   720000 800000    980000 1000000 1100000
customer_lifetime_value 500000 600000   800000 900000  1100000 1200000  1500000 1600000 1700000
new_pipeline_leads         140    560      150    600      190     780       75     225     800
lead_waiting_time           65     70       70     65       70      75       70      70      65
lead_conversion_rate      0.21   0.22     0.22   0.22      0.2    0.21     0.18    0.18    0.18
sales_team_retention      0.95   0.85     0.95   0.85     0.95    0.80     0.97    0.95    0.88
rep_ramp_up_time            60     60       55     50       60      60       50      55      60
customer_referrals           5     20        7     28        9      40        4      10      40
customer_retention        0.97    0.9    0.975    0.9     0.97    0.88     0.99    0.97    0.91
"""
EXACTLY_MET = date(2026, 6, 1)


def entered_in(world: World, month: date) -> int:
    """The leads that enter the pipeline in that month of the world."""
    entered = 0
    for lead in world.rows["crm.leads"]:
        created = lead["created_at"]
        on = business_date(created) if isinstance(created, datetime) else day(created[:10])
        entered += on.replace(day=1) == month and not lead["merged_into_lead_id"]
    return entered


def make_targets(world: World) -> None:
    def add(kpi: str, grain: str, start: date, target) -> None:
        world.add(
            "reference.kpi_targets", kpi=kpi, period_grain=grain, period_start=start,
            target=str(target),
        )

    for kpi, *targets in map(str.split, TARGETS.strip().splitlines()):
        monthly = targets.pop(6)
        for index, year in enumerate(range(2023, 2027)):
            quarterly, yearly = targets[2 * index : 2 * index + 2]
            add(kpi, "year", date(year, 1, 1), yearly)
            for month in (1, 4, 7, 10):
                add(kpi, "quarter", date(year, month, 1), quarterly)
        for start in (date(2026, month, 1) for month in range(1, 12)):
            exact = kpi == "new_pipeline_leads" and start == EXACTLY_MET
            add(kpi, "month", start, entered_in(world, start) if exact else monthly)
    # targets of periods that are not shown
    add("customer_retention", "year", date(2022, 1, 1), "0.9")
    add("new_pipeline_leads", "quarter", date(2027, 1, 1), 260)


# From values to text.


class Dresser:
    """Writes values the way careless exports do: other forms, never another meaning."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def stamp(self, value: datetime) -> str:
        rng = self.rng
        utc = value.astimezone(timezone.utc).replace(tzinfo=None)
        local = utc + timedelta(hours=3)
        form = rng.random()
        if form < 0.62:
            return f"{utc:%Y-%m-%dT%H:%M:%S}Z"
        if form < 0.76:
            return f"{utc:%Y-%m-%d %H:%M:%S}"
        if form < 0.9:
            return f"{local:%Y-%m-%dT%H:%M:%S}+03:00"
        if form < 0.92:
            return f"{local:%Y-%m-%d %H:%M:%S}+0300"
        if form < 0.94:
            return f"{local:%Y-%m-%dT%H:%M:%S}+03"
        if form < 0.96:
            return f"{utc:%Y-%m-%dT%H:%M:%S}.{rng.randrange(1000):03d}Z"
        if form < 0.97:
            return f"{utc:%Y-%m-%d %H:%M:%S}.{rng.randrange(10**6):06d}"
        if form < 0.98:
            return f"{utc:%Y-%m-%dT%H:%M}Z"
        if form < 0.99:
            return f"{utc - timedelta(hours=5):%Y-%m-%dT%H:%M:%S}-05:00"
        return local.date().isoformat()

    def word(self, value: str) -> str:
        rng = self.rng
        form = rng.random()
        if form < 0.93:
            return value
        if form < 0.95:
            return value.upper()
        if form < 0.965:
            return value.upper().replace("I", "İ")
        if "_" in value:
            first, second = value.split("_", 1)
            second = second.replace("_", " ")
            gap = rng.choice([" ", "-", " - ", "\u00a0", "  ", "- "])
            return f"{first.capitalize()}{gap}{second.capitalize()}"
        return value.capitalize()

    def text(self, table: str, column: str, value) -> str:
        rng = self.rng
        if value is None:
            return ""
        if isinstance(value, datetime):
            return self.stamp(value)
        if isinstance(value, date):
            return value.isoformat()
        text = str(value)
        if not text:
            return ""
        if TYPES[table, column] in ("code", "label"):
            text = self.word(text)
        elif column == "currency" and rng.random() < 0.02:
            text = text.lower()
        elif TYPES[table, column] == "number" and rng.random() < 0.01 and text.isdigit():
            text = rng.choice([f"{text}.", f"+{text}", f"{text}.00", f"0{text}"])
        return text

    def row(self, table: str, row: dict) -> dict:
        dressed = {}
        for column, value in row.items():
            text = self.text(table, column, value)
            if text and self.rng.random() < 0.003:
                padded = self.rng.choice([" {}", "{}\u00a0", "\t{} ", "\u00a0{}  "])
                text = padded.replace("{}", text)
            elif not text and self.rng.random() < 0.002:
                text = self.rng.choice([" ", "\u00a0"])
            dressed[column] = text
        return dressed


NEVER = {  # columns in which systems write a day of the year 9999 for "not yet"
    "crm.contracts": ["end_date", "cancelled_on"],
    "crm.leads": ["disqualified_at"],
    "crm.opportunities": ["closed_at"],
    "crm.invoices": ["paid_on"],
    "hr.employees": ["termination_date"],
    "hr.job_assignments": ["valid_to"],
}


def dress(world: World) -> dict[str, list[dict]]:
    dressed = {}
    for table, rows in world.rows.items():
        rng = world.stream(f"dress {table}")
        dresser = Dresser(rng)
        dressed[table] = [dresser.row(table, row) for row in rows]
        for row in dressed[table]:
            for column in NEVER.get(table, []):
                if not row[column].strip() and rng.random() < 0.04:
                    never = rng.choice(["9999-12-31", "9999-01-01"])
                    is_stamp = column.endswith("_at") and rng.random() < 0.7
                    row[column] = f"{never}T00:00:00Z" if is_stamp else never
    return dressed


# Rows to reject.

BAD_STAMPS = (
    "31.12.2025", "2026-02-30", "99999-01-01", "epoch", "2025-03-01T24:00:00Z", "05.11.26",
    "2025-03-01T10:00:00+15:00", "2025-03-01T10:60:00Z", "2025-3-1", "2025-03-01  10:00:00",
    "1899-12-31T10:00:00Z", "2101-01-01", "2025-03-01T9:00:00Z", "yesterday", "2025-03-01T10",
    "2025-02-29 08:00:00", "2025-03-01T10:00:60Z", "0000-00-00", "45000",
)
BAD_DATES = (
    "2026-02-30", "31.12.2025", "2025-02-29", "99999-01-01", "2025-03-01T00:00:00Z", "1899-12-31",
    "2101-01-01", "2025-1-5", "01/02/2025", "epoch", "20250301", "2025-13-01", "NA", "05.11.26",
)
BAD_NUMBERS = (
    "1.234,56", "0,5", "1e400", "inf", "nan", "0x10", "1_000", "1e3", "12 500", "1,234.50", "--5",
    "1.2.3", "1234567890123456", ".", "TRY 500", "%12", "-", "null", "١٢",
)
BAD_CODES = (
    "İPTAL", "closed__won", "Closed — Won", "unknown", "closed_ won", "1", "null", "dısqualıfıed",
    "Meetıng", "aktif", "paid!", "NA", "wıth drawn",
)


BAD_VALUES = {"stamp": BAD_STAMPS, "date": BAD_DATES, "number": BAD_NUMBERS, "code": BAD_CODES}


# Rules over one row that a value breaks although it parses: (table, the values that break it).
BROKEN_RULES = [
    ("crm.leads", {"status": "disqualified", "disqualified_at": ""}),
    ("crm.leads", {"status": "DİSQUALİFİED", "disqualified_at": "9999-12-31T00:00:00Z"}),
    ("crm.opportunities", {"stage": "closed_won", "closed_at": ""}),
    ("crm.opportunities", {"stage": "Closed - Lost", "closed_at": "9999-12-31"}),
    ("crm.contracts", {"status": "cancelled", "cancelled_on": ""}),
    ("crm.contracts", {"status": "Cancelled", "cancelled_on": "9999-12-31"}),
    ("crm.contracts", {"status": "expired", "end_date": "", "cancelled_on": ""}),
    ("crm.contracts", {"status": "expired", "end_date": "9999-12-31", "cancelled_on": ""}),
    ("crm.contracts", {"start_date": "2024-05-02", "end_date": "2024-05-01"}),
    ("crm.contracts", {"start_date": "2025-05-02", "end_date": "2024-05-03"}),
    ("crm.contracts", {"total_value": "-0.01", "one_time_fees": ""}),
    ("crm.contracts", {"total_value": "-120000", "one_time_fees": ""}),
    ("crm.contracts", {"total_value": "90000", "one_time_fees": "-500"}),
    ("crm.contracts", {"total_value": "90000", "one_time_fees": "90000.01"}),
    ("crm.contracts", {"total_value": "0", "one_time_fees": "1"}),
    # no rate on or before the day: a dollar of 2018, a pound before its first rate, others
    ("crm.contracts", {"currency": "USD", "signed_on": "2018-12-31", "start_date": "2019-02-01"}),
    ("crm.contracts", {"currency": "GBP", "signed_on": "2024-06-30", "start_date": "2024-07-15"}),
    ("crm.contracts", {"currency": "CHF", "signed_on": "", "start_date": "2025-02-01"}),
    ("crm.contracts", {"currency": "TL", "signed_on": "2025-02-01", "start_date": "2025-02-01"}),
    ("crm.contracts", {"currency": "CHF", "status": "void", "signed_on": "2025-03-01"}),
    ("crm.contracts", {"currency": "XAU", "status": "draft", "signed_on": ""}),
    ("crm.invoices", {"status": "paid", "paid_on": ""}),
    ("crm.invoices", {"status": "PAID", "paid_on": "9999-12-31"}),
    ("crm.invoices",
     {"currency": "USD", "status": "paid", "issued_on": "2018-11-30", "paid_on": "2018-12-31"}),
    ("crm.invoices",
     {"currency": "GBP", "status": "open", "issued_on": "2024-06-28", "paid_on": ""}),
    ("crm.invoices", {"currency": "CHF", "status": "void", "issued_on": "2025-02-01"}),
    ("crm.invoices", {"currency": "TRL", "status": "open", "paid_on": ""}),
    ("hr.employees",
     {"hire_date": "2024-05-02", "termination_date": "2024-05-01", "termination_reason": "other"}),
    ("hr.job_assignments", {"valid_from": "2025-05-02", "valid_to": "2025-05-01"}),
    ("reference.exchange_rates", {"rate_date": "2025-02-10", "rate": "0"}),
    ("reference.exchange_rates", {"rate_date": "2025-02-11", "rate": "-34.5"}),
    ("reference.kpi_targets", {"period_grain": "month", "period_start": "2026-02-02"}),
    ("reference.kpi_targets", {"period_grain": "quarter", "period_start": "2026-02-01"}),
    ("reference.kpi_targets", {"period_grain": "year", "period_start": "2026-04-01"}),
    ("reference.kpi_targets", {"period_grain": "Year", "period_start": "2025-12-31"}),
    # two reasons and more
    ("crm.leads", {"lead_id": " ", "status": "yeni", "created_at": ""}),
    ("crm.leads", {"status": "disqualified", "disqualified_at": "", "created_at": "2025-02-30"}),
    ("crm.contracts",
     {"start_date": "2024-05-02", "end_date": "2024-05-01", "total_value": "1",
      "one_time_fees": "2"}),
    ("crm.contracts",
     {"account_id": "", "status": "expired", "end_date": "", "total_value": "1,5"}),
    ("crm.contracts", {"total_value": "-1", "one_time_fees": "-2", "currency": "\u00a0"}),
    ("crm.invoices", {"amount": "0,5", "issued_on": "31.12.2024", "status": "paid", "paid_on": ""}),
    ("crm.opportunities", {"stage": "closed_won", "closed_at": "", "amount": "1_000"}),
    ("crm.activities", {"activity_type": "", "status": "done", "occurred_at": "epoch"}),
    ("crm.referrals", {"referring_account_id": "", "referred_on": "2025-02-30"}),
    ("crm.lead_status_history", {"status": "", "changed_at": "2025-13-01"}),
    ("hr.employees", {"hire_date": "", "annual_salary": "12k", "termination_reason": "emekli"}),
    ("hr.job_assignments",
     {"department": "", "valid_from": "2025-05-02", "valid_to": "2025-05-01"}),
    ("reference.exchange_rates", {"currency": "", "rate": "0"}),
    ("reference.kpi_targets",
     {"kpi": "revenue", "period_grain": "month", "period_start": "2026-02-14", "target": ""}),
]


class Spoiler:
    """Adds rows that must be rejected, each a copy of a good row with something wrong."""

    def __init__(self, world: World, rows: dict[str, list[dict]]) -> None:
        self.rng = world.stream("reject")
        self.rows = rows
        # copies of hand-laid rows would blur what those show
        self.good = {
            table: [row for row in found if not any("-9" in value for value in row.values())]
            for table, found in rows.items()
        }
        self.spoilt = {table: [] for table in COLUMNS}
        self.number = 8000

    def add(self, table: str, changes: dict) -> None:
        copy = dict(self.rng.choice(self.good[table]))
        if len(KEYS[table]) == 1:
            self.number += 1
            key = KEYS[table][0]
            copy[key] = copy[key].strip().split("-")[0] + f"-{self.number}"
        if table == "crm.contracts" and "status" not in changes:
            copy.update(status="active", cancelled_on="")
        if table == "crm.contracts" and "end_date" not in changes:
            copy["end_date"] = ""
        copy.update(changes)
        self.spoilt[table].append(copy)

    def missing_and_invalid(self) -> None:
        values = {kind: itertools.cycle(bad) for kind, bad in BAD_VALUES.items()}
        for (table, column), kind in TYPES.items():
            if column in REQUIRED[table]:
                self.add(table, {column: self.rng.choice(["", " ", "\u00a0"])})
            for _ in range(3 if kind in values else 0):
                self.add(table, {column: next(values[kind])})

    def duplicates(self) -> None:
        """Second rows of a key. The clean row wins by updated_at, or a tie by its text."""
        rng = self.rng
        # the extracts that repeat rows do so in a few per thousand
        for table, found in self.good.items():
            keys = KEYS[table]
            count = max(3, len(found) // 250)
            for row in rng.sample(found, count):
                copy = dict(row)
                form = rng.randrange(4)
                if form == 1:  # equal only after cleaning
                    copy[keys[0]] = f"\u00a0{row[keys[0]].strip()} "
                if form == 2 and row.get("updated_at", "").strip():  # an older state
                    copy["updated_at"] = "2019-01-01T00:00:00Z"
                    copy = self.older(table, copy)
                if form == 3 and row.get("updated_at", "").strip():  # no day of change: the oldest
                    copy["updated_at"] = ""
                    copy = self.older(table, copy)
                self.spoilt[table].append(copy)

    def older(self, table: str, row: dict) -> dict:
        changes = {
            "crm.accounts": {"segment": "smb", "region": "Ege", "owner_user_id": "USR-019"},
            "crm.leads": {"source": "event", "status": "new", "owner_user_id": "USR-001"},
            "crm.opportunities": {"stage": "discovery", "lead_id": ""},
            "crm.contracts": {"total_value": "1", "one_time_fees": "", "status": "draft"},
            "hr.employees": {"termination_date": "", "termination_reason": ""},
        }
        return {**row, **changes[table]}


# Duplicate keys that a wrong order would decide the other way. Of each group all but one are
# rejected; which one stays is said beside it.
DUPLICATE_GROUPS = [
    # the greatest updated_at stays, compared as a moment: 22:30 UTC is later than 01:00 +03:00
    ("crm.leads", {"lead_id": "LEAD-9961", "owner_user_id": "USR-9", "created_at": "2025-06-17"}, [
        {"source": "event", "status": "working", "updated_at": "2025-06-20T01:00:00+03:00"},
        {"source": "web", "status": "disqualified", "disqualified_at": "2025-08-12T07:00:00Z",
         "updated_at": "2025-06-19T22:30:00Z"},
    ]),
    # a row without updated_at is the oldest, and so is one of the year 9999: the first row stays
    ("crm.leads", {"lead_id": "LEAD-9962", "status": "new", "created_at": "2025-09-16T07:00:00Z"}, [
        {"source": "outbound", "status": "disqualified", "disqualified_at": "2025-11-04",
         "updated_at": "2001-01-01"},
        {"source": "event"},
        {"source": "web", "lead_id": " LEAD-9962", "updated_at": "9999-12-31"},
    ]),
    # the same moment written twice is a tie: by the text, so enterprise comes before smb
    ("crm.accounts", {"account_id": "ACC-9963", "account_name": "Örnek 9963"}, [
        {"segment": "smb", "region": "Marmara", "owner_user_id": "USR-024",
         "updated_at": "2024-02-02T13:00:00+03:00"},
        {"segment": "enterprise", "region": "Marmara", "owner_user_id": "USR-001",
         "updated_at": "2024-02-02T10:00:00Z"},
    ]),
    # the newer rows are wrong and are rejected for that: the first row stays
    ("crm.contracts", {"contract_id": "CON-9963", "account_id": "ACC-9963", "contract_type": "new",
                       "status": "active", "start_date": "2024-02-10", "currency": "TRY"}, [
        {"total_value": "84000", "updated_at": "2024-02-10T08:00:00Z"},
        {"total_value": "-84000", "updated_at": "2025-02-10T08:00:00Z"},
        {"total_value": "2500", "currency": "CHF", "updated_at": "2025-03-10T08:00:00Z"},
        {"contract_id": "CON-9963\u00a0", "status": "draft", "total_value": "70000",
         "updated_at": "2023-12-10T08:00:00Z"},
    ]),
    # the newer row is no lead any more
    ("crm.leads", {"lead_id": "LEAD-9964", "status": "new", "created_at": "2026-03-10"}, [
        {"updated_at": "2026-03-10T07:00:00Z"},
        {"merged_into_lead_id": "LEAD-9954", "updated_at": "2026-03-12T07:00:00Z"},
    ]),
    # won in the older state, lost in the newer one, by a microsecond
    ("crm.opportunities", {"opportunity_id": "OPP-9962", "lead_id": "LEAD-9962",
                           "opportunity_type": "new_business", "created_at": "2025-09-20",
                           "closed_at": "2025-10-20"}, [
        {"stage": "closed_won", "updated_at": "2025-10-20T10:00:00Z"},
        {"stage": "closed_lost", "updated_at": "2025-10-20T10:00:00.000001Z"},
    ]),
    # terminated in the newer state
    ("hr.employees", {"employee_id": "EMP-0071", "full_name": "Su Ay", "hire_date": "2022-04-04"}, [
        {"updated_at": "2022-04-04"},
        {"termination_date": "2025-10-17", "termination_reason": "İNVOLUNTARY",
         "updated_at": "2025-10-17"},
    ]),
    # tables without updated_at: the text that comes first stays
    ("hr.job_assignments", {"employee_id": "EMP-0071", "valid_from": "2022-04-04"}, [
        {"department": "sales", "team": "Inside Sales"},
        {"department": "SALES", "team": "İstanbul Enterprise"},
    ]),
    ("crm.users", {"user_id": "USR-071", "full_name": "Su Ay"}, [
        {"employee_id": "EMP-0071"},
        {"user_id": "USR-071 ", "employee_id": "EMP-0060"},
    ]),
    ("crm.activities", {"activity_id": "ACT-9965", "activity_type": "call", "user_id": "USR-009",
                        "lead_id": "LEAD-9504", "occurred_at": "2025-09-20T07:00:00Z"}, [
        {"status": "completed"},
        {"status": "cancelled"},
    ]),
    ("crm.invoices", {"invoice_id": "INV-9963", "account_id": "ACC-9963", "status": "paid",
                      "issued_on": "2024-02-20", "paid_on": "2024-03-30", "currency": "TRY"}, [
        {"amount": "9000"},
        {"amount": "10000"},
    ]),
    ("crm.referrals", {"referral_id": "REF-9964", "referring_account_id": "ACC-9141",
                       "referred_lead_id": "LEAD-9963"}, [
        {"referred_on": "2025-04-01"},
        {"referred_on": "2025-03-31"},
    ]),
    ("reference.exchange_rates", {"rate_date": "2025-09-10"}, [
        {"currency": "USD", "rate": "37.1500"},
        {"currency": "usd", "rate": "36.9000"},
        {"currency": " USD", "rate": "9.9000"},
    ]),
    # `Customer Retention` comes before `customer_retention`: texts tie as they were written
    ("reference.kpi_targets", {"period_start": "2026-11-01"}, [
        {"kpi": "customer_retention", "period_grain": "month", "target": "0.7"},
        {"kpi": "Customer Retention", "period_grain": "MONTH", "target": "0.99"},
    ]),
    # one moment with different offsets is one key of a history
    ("crm.lead_status_history", {"lead_id": "LEAD-9505", "status": "working"}, [
        {"changed_at": "2025-07-03T07:00:00Z"},
        {"status": "Working", "changed_at": "2025-07-03 10:00:00+03:00"},
        {"changed_at": "2025-07-03T07:00:00.000Z"},
    ]),
    ("crm.opportunity_stage_history", {"opportunity_id": "OPP-9505-a", "stage": "proposal"}, [
        {"changed_at": "2025-07-11"},
        {"stage": "PROPOSAL", "changed_at": "2025-07-10T21:00Z"},
        {"opportunity_id": "OPP-9505-a\u00a0", "changed_at": "2025-07-11T00:00:00+03"},
    ]),
]


def add_rejected_rows(world: World, rows: dict[str, list[dict]]) -> None:
    spoiler = Spoiler(world, rows)
    spoiler.missing_and_invalid()
    for table, changes in BROKEN_RULES:
        spoiler.add(table, changes)
    spoiler.duplicates()
    for table, common, group in DUPLICATE_GROUPS:
        for values in group:
            row = common | values
            rows[table].append({column: row.get(column, "") for column in COLUMNS[table]})
    for table, spoilt in spoiler.spoilt.items():
        for row in spoilt:  # before or after the row they are like
            rows[table].insert(spoiler.rng.randrange(len(rows[table]) + 1), row)


# Files.


def write(rows: dict[str, list[dict]], folder: Path) -> None:
    for table, found in rows.items():
        source, name = table.split(".")
        path = folder / source / f"raw_{source}__{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        keys = KEYS[table]
        found = sorted(found, key=lambda row: [row[column].strip() for column in keys])
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS[table], lineterminator="\n")
            writer.writeheader()
            writer.writerows(found)


def make(seed: int) -> dict[str, list[dict]]:
    world = World(seed)
    make_exchange_rates(world)
    make_staff(world)
    make_legacy_customers(world)
    make_leads(world)
    make_unsigned_contracts(world)
    make_account_activities(world)
    make_referrals(world)
    make_merges(world)
    lay_cases(world)
    make_targets(world)
    rows = dress(world)
    add_rejected_rows(world, rows)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=Path(__file__).parent)
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    arguments = parser.parse_args()
    write(make(arguments.seed), arguments.output)


if __name__ == "__main__":
    main()
