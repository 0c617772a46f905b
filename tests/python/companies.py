"""Hypothesis strategies for small dirty companies, as raw rows, and settings to look at them with.

Few ids, few days: what matters is that records meet. The days are those on which rules turn, seen
from as_of_date 2025-03-31: ends of months, quarters and years, their neighbours, 29 February, and
days 29 to 31 and 90 to 91 days apart.

A company that fails is written to a file; moved to KEPT_COMPANIES it is tried in every run.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from tests.python.reference import TABLES
from tests.python.reference.cleaning import trim

# without it each run tries the same companies, with it that many others
IS_LONG_RUN = "HYPOTHESIS_EXAMPLES" in os.environ

ROOT = Path(__file__).resolve().parents[2]
KEPT_COMPANIES = Path(__file__).with_name("kept_companies")

SETTINGS = [
    {"as_of_date": "2025-03-31", "reporting_start_date": "2024-02-10", "small_group_minimum": 2},
    {
        "as_of_date": "2025-03-30",
        "reporting_start_date": "2024-04-01",
        "fiscal_year_start_month": 4,
        "reporting_currency": "USD",
        "renewal_grace_days": 0,
        "stale_after_days": 0,
        "small_group_minimum": 1,
    },
    {
        "as_of_date": "2025-01-01",
        "reporting_start_date": "2024-11-30",
        "business_timezone": "America/New_York",
        "base_currency": "USD",
        "reporting_currency": "EUR",
        "sales_departments": ["Sales", "İş-Geliştirme"],
        "customer_meeting_types": ["call"],
        "conversion_window_days": 30,
        "small_group_minimum": 3,
    },
    {
        "as_of_date": "2024-02-29",
        "reporting_start_date": "2023-12-31",
        "business_timezone": "Asia/Beirut",
        "fiscal_year_start_month": 2,
        "renewal_grace_days": 31,
        "stale_after_days": 1,
    },
]

DAYS = [
    "2023-11-30", "2023-12-01", "2023-12-31", "2024-01-01", "2024-01-30", "2024-01-31", "2024-02-01",
    "2024-02-28", "2024-02-29", "2024-03-01", "2024-03-30", "2024-03-31", "2024-04-01", "2024-06-30",
    "2024-09-30", "2024-11-30", "2024-12-01", "2024-12-31", "2025-01-01", "2025-01-30", "2025-01-31",
    "2025-02-28", "2025-03-01", "2025-03-02", "2025-03-30", "2025-03-31", "2025-04-01", "2025-12-31",
]  # fmt: skip
TIMES = [
    "",
    "",
    " 00:00",
    "T20:59:59Z",
    "T21:00:00Z",
    " 23:59:59.999999",
    "T00:30+03:00",
    "T22:00:00-0500",
]
WRONG = [
    "2025-02-29", "31.12.2024", "1,5", "1e3", "inf", "n/a", "2024-13-01", "2024-01-01T24:00:00Z", "x'--", "İ",
]  # fmt: skip
NEVER = "9999-12-31"
# whole hours, three quarters of one, none; clocks that change by one hour, by half of one, never
TIME_ZONES = [
    "Europe/Istanbul", "UTC", "America/New_York", "Asia/Beirut", "Asia/Kathmandu",
    "Pacific/Kiritimati", "Pacific/Honolulu", "Australia/Lord_Howe",
]  # fmt: skip

IDS = {
    name: [f"{letter}{number}" for number in range(1, count + 1)]
    for name, letter, count in (
        ("account_id", "A", 3),
        ("lead_id", "L", 6),
        ("opportunity_id", "O", 6),
        ("contract_id", "C", 7),
        ("employee_id", "E", 3),
        ("user_id", "U", 3),
        ("activity_id", "T", 8),
        ("invoice_id", "I", 6),
        ("referral_id", "R", 5),
    )
}
UNKNOWN_ID = "?-x"
ALIASES = {
    "owner_user_id": "user_id",
    "converted_account_id": "account_id",
    "referring_account_id": "account_id",
    "merged_into_lead_id": "lead_id",
    "referred_lead_id": "lead_id",
    "renewed_from_contract_id": "contract_id",
    "manager_employee_id": "employee_id",
}
# amounts that are great beside the millionths to which marts round each of them
WORDS = {
    "segment": ["smb", "SMB", "Enter-prise"],
    "region": ["Ege", "ege"],
    "source": ["web", "Web ", "referral"],
    "team": ["Ege Field", "Ankara", "ankara"],
    "department": ["sales", " SALES", "İş Geliştirme", "hr"],
    "currency": ["TRY", "TRY", "usd", "EUR", "GBP"],
    "total_value": ["1200", "1200", "999.99", "36500.5", "0"],
    "one_time_fees": ["0", "0", "99.99", "99.99", "1200"],
    "amount": ["10000", "0", "-4025.25", "1250.5", "+700."],
    "rate": ["30", "32.5", "1.012345678912"],
    "target": ["0", "0.5", "1"],
    "annual_salary": ["1"],
    "period_start": ["2024-03-01", "2024-04-01", "2025-01-01", "2025-02-01"],
}
# the codes that make something happen
LIKELY_CODES = {
    "crm.activities": ["completed", "meeting"],
    "crm.contracts": ["active"],
    "crm.invoices": ["paid"],
    "crm.opportunities": ["closed_won", "closed_lost"],
}
# what ends a record, or makes it part of another, is the exception: blanks for each text
SELDOM = {"merged_into_lead_id": 6, "cancelled_on": 4, "termination_date": 1, "valid_to": 1}
# a code -> the day that it demands, and the day that stands in for a blank
DEMANDED = {
    "disqualified": ("disqualified_at", "created_at"),
    "closed_won": ("closed_at", "created_at"),
    "closed_lost": ("closed_at", "created_at"),
    "cancelled": ("cancelled_on", "start_date"),
    "expired": ("end_date", "start_date"),
    "paid": ("paid_on", "issued_on"),
}
SPANS = [("start_date", "end_date"), ("valid_from", "valid_to"), ("hire_date", "termination_date")]
# how many rows of a table a company has at most
ROWS = {
    "crm.leads": 7,
    "crm.opportunities": 8,
    "crm.activities": 9,
    "crm.contracts": 9,
    "crm.invoices": 7,
    "hr.job_assignments": 7,
}
FIRST_RATES = [
    {"rate_date": DAYS[0], "currency": currency, "rate": rate}
    for currency, rate in {"TRY": "1.25", "USD": "0.8", "EUR": "1.6", "GBP": "2"}.items()
]


def sound_texts(table: str, column) -> list[str]:
    """The texts that a column may hold."""
    name = ALIASES.get(column.name, column.name)
    if name in IDS:
        # the first more often than the last, for a company may have only one
        ids = IDS[name]
        return [*(some for end in range(len(ids)) for some in ids[: end + 1]), UNKNOWN_ID]
    if name in WORDS:
        return WORDS[name]
    if column.kind == "code":
        likely = [code for code in LIKELY_CODES.get(table, []) if code in column.codes]
        plain = [*column.codes, *2 * likely * len(column.codes)]
        return [*plain, *(code.upper().replace("_", " - ") for code in column.codes)]
    if column.kind == "date":
        return DAYS
    if column.kind == "stamp":
        return [day + time for time in TIMES for day in DAYS]
    return ["x", 'a "b", ç', "\u00a0x "]


def sound_cell(table: str, column) -> st.SearchStrategy[str | None]:
    """A text, or a blank where the column may have one."""
    texts = sound_texts(table, column)
    if column.required:
        return st.sampled_from(texts)
    return st.sampled_from([None] * int(len(texts) * SELDOM.get(column.name, 0.2)) + texts)


def stain(column) -> st.SearchStrategy[tuple[str, str | None]]:
    """What is wrong with a column, or only looks so; `{}` stands for the text that it had."""
    texts = [None, *WRONG, "\u00a0 {}\n", "-1", "-.5"]
    if column.kind in ("date", "stamp"):
        texts += [NEVER] * 3
    return st.tuples(st.just(column.name), st.sampled_from(texts + IDS.get(column.name, []) * 5))


def sound_row(table: str) -> st.SearchStrategy[dict]:
    cells = {column.name: sound_cell(table, column) for column in TABLES[table]}
    return st.fixed_dictionaries(cells).map(_made_consistent)


def _made_consistent(row: dict) -> dict:
    """No end before its start, and no outcome without its day."""
    for start, end in SPANS:
        if row.get(end) is not None and row[end] < row[start]:
            row = {**row, start: row[end], end: row[start]}
    for code, (day, other_day) in DEMANDED.items():
        if code in (row.get("status"), row.get("stage")) and day in row and row[day] is None:
            row = {**row, day: row[other_day]}
    return row


def table_rows(table: str) -> st.SearchStrategy[list[dict]]:
    """Raw rows of one table: each with an id of its own, and here and there a stain."""
    stains = st.lists(st.sampled_from(TABLES[table]).flatmap(stain), max_size=2)
    rows = st.tuples(sound_row(table), st.one_of(st.just([]), st.just([]), st.just([]), stains))
    keys = [column.name for column in TABLES[table] if column.is_key]

    def numbered_and_stained(drawn):
        found = []
        for number, (row, stains_of_row) in enumerate(drawn):
            row = dict(row)
            if len(keys) == 1:
                ids = IDS[keys[0]]
                row[keys[0]] = ids[number % len(ids)]
            for name, text in stains_of_row:
                row[name] = text and text.replace("{}", row[name] or "")
            found.append(row)
        return found

    return st.lists(rows, max_size=ROWS.get(table, 5)).map(numbered_and_stained)


def small_companies() -> st.SearchStrategy[dict[str, list[dict]]]:
    """All fourteen tables of a small company."""
    tables = {table: table_rows(table) for table in TABLES}
    rates = "reference.exchange_rates"
    tables[rates] = st.builds(
        list.__add__, st.sampled_from([FIRST_RATES, FIRST_RATES, []]), tables[rates]
    )
    return st.fixed_dictionaries(tables)


def companies() -> st.SearchStrategy[dict[str, list[dict]]]:
    """A company of three small ones: building it takes no longer, and thrice as much happens."""
    small = small_companies()
    return st.builds(
        lambda one, two, three: side_by_side(side_by_side(one, two, "-2"), three, "-3"),
        small,
        small,
        small,
    )


def side_by_side(
    company: dict[str, list[dict]], other: dict[str, list[dict]], suffix: str
) -> dict[str, list[dict]]:
    """Two companies as one: the other's ids get a suffix, its reference tables are left out."""

    def renamed(row):
        return {
            name: with_suffix(text, suffix) if name.endswith("_id") else text
            for name, text in row.items()
        }

    return {
        table: company[table] + [renamed(row) for row in other[table]]
        if not table.startswith("reference.")
        else company[table]
        for table in TABLES
    }


def with_suffix(text: str | None, suffix: str) -> str | None:
    """A raw id with something at its end; the white space around it is no part of it."""
    trimmed = trim(text)
    return text.replace(trimmed, trimmed + suffix) if trimmed else text


def try_examples(test: Callable, count: int, **strategies: st.SearchStrategy) -> None:
    """Call the test with that many drawn arguments, about, in rounds of nine.

    From its eleventh example on, Hypothesis mostly draws one of the last ones with a part repeated;
    with as many parts as a company has, that is the same company again. What is too large to be drawn
    is passed over without a word, so the examples are counted.
    """
    tried = 0

    def counted(**drawn):
        nonlocal tried
        tried += 1
        test(**drawn)

    rounds, size = max(1, count // 9), min(count, 9)
    for number in range(rounds):
        one_round = settings(
            max_examples=size,
            deadline=None,
            database=None,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        )(given(**strategies)(counted))
        (one_round if IS_LONG_RUN else seed(number)(one_round))()
    assert tried >= rounds * size, f"{tried} examples of {rounds * size}"


def chosen_settings() -> st.SearchStrategy[dict]:
    """Any of the settings at its default or not; the two dates always."""
    some = {
        "reporting_currency": st.sampled_from(WORDS["currency"]),
        "base_currency": st.sampled_from(WORDS["currency"]),
        "business_timezone": st.sampled_from(TIME_ZONES),
        "fiscal_year_start_month": st.integers(1, 12),
        "sales_departments": st.lists(
            st.sampled_from(WORDS["department"]), min_size=1, max_size=3, unique=True
        ),
        "customer_meeting_types": st.lists(
            st.sampled_from(["call", "Meeting", "\u00a0DEMO", "email", "task "]),
            min_size=1,
            max_size=3,
            unique=True,
        ),
        "renewal_grace_days": st.sampled_from([0, 1, 29, 30, 31, 366]),
        "stale_after_days": st.sampled_from([0, 1, 29, 30, 31, 90]),
        "conversion_window_days": st.sampled_from([0, 30, 31, 90, 91, 366]),
        "small_group_minimum": st.integers(1, 4),
    }
    dates = st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)).map(sorted)
    return st.builds(
        lambda dates, others: {
            "as_of_date": dates[1], "reporting_start_date": dates[0], **others,
        },
        dates,
        st.fixed_dictionaries({}, optional=some),
    )  # fmt: skip


@contextmanager
def kept_when_it_fails(test: str, settings: dict, company: dict[str, list[dict]]) -> Iterator[None]:
    """Write the company to a file if what is done with it fails.

    Hypothesis tries smaller and smaller ones and ends with the smallest, so that is what is left.
    """
    try:
        yield
    except Exception as error:
        path = ROOT / "target" / f"failing_company_{test}.json"
        path.parent.mkdir(exist_ok=True)
        tables = {
            table: [{name: text for name, text in row.items() if text is not None} for row in rows]
            for table, rows in company.items()
            if rows
        }
        content = {"settings": settings, "tables": tables}
        path.write_text(
            json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n",
            encoding="utf-8",
        )
        error.add_note(
            f"The company is in {path.relative_to(ROOT)}. To try it in every run, move it to"
            f" {KEPT_COMPANIES.relative_to(ROOT)}, under a name that says what it is about."
        )
        raise


def read_kept(path: Path) -> tuple[dict, dict[str, list[dict]]]:
    """The settings and the raw rows of a company in a file."""
    content = json.loads(path.read_text(encoding="utf-8"))
    return content["settings"], content["tables"]
