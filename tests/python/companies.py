"""Hypothesis strategies for small dirty companies, as raw rows, and settings to look at them with.

Few ids, few days: what matters is that records meet. The days are those on which rules turn, seen
from as_of_date 2025-03-31: ends of months, quarters and years, their neighbours, 29 February, and
days 29 to 31 and 90 to 91 days apart.
"""

from hypothesis import strategies as st

from tests.python.reference import TABLES

SETTINGS = [
    {"as_of_date": "2025-03-31", "reporting_start_date": "2024-02-10"},
    {
        "as_of_date": "2025-03-30",
        "reporting_start_date": "2024-04-01",
        "fiscal_year_start_month": 4,
        "reporting_currency": "USD",
        "renewal_grace_days": 0,
        "stale_after_days": 0,
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

IDS = {
    "account_id": ["A1", "A2", "A3", "A-x"],
    "lead_id": ["L1", "L2", "L3", "L4", "L-x"],
    "opportunity_id": ["O1", "O2", "O3", "O-x"],
    "contract_id": ["C1", "C2", "C3", "C4"],
    "employee_id": ["E1", "E2", "E-x"],
    "user_id": ["U1", "U2", "U3", "U-x"],
    "activity_id": ["T1", "T2", "T3", "T4", "T5"],
    "invoice_id": ["I1", "I2", "I3"],
    "referral_id": ["R1", "R2", "R3"],
}
ALIASES = {
    "owner_user_id": "user_id",
    "converted_account_id": "account_id",
    "referring_account_id": "account_id",
    "merged_into_lead_id": "lead_id",
    "referred_lead_id": "lead_id",
    "renewed_from_contract_id": "contract_id",
    "manager_employee_id": "employee_id",
}
WORDS = {
    "segment": ["smb", "SMB", "Enter-prise"],
    "region": ["Ege", "ege"],
    "source": ["web", "Web ", "referral"],
    "team": ["Ege Field", "Ankara", "ankara"],
    "department": ["sales", " SALES", "İş Geliştirme", "hr"],
    "currency": ["TRY", "usd", "EUR", "GBP"],
    "total_value": ["1200", "999.99", "0", "36500.5", "-1"],
    "one_time_fees": ["0", "99.99", "1200", "-.5"],
    "amount": ["100", "0", "-40.25", "12.5", "+7."],
    "rate": ["30", "32.5", "0", "0.000000000001"],
    "target": ["0", "0.5", "1"],
    "annual_salary": ["1"],
}
# how many rows of a table a company has at most
ROWS = {"crm.activities": 7, "crm.leads": 5, "crm.contracts": 6, "hr.job_assignments": 5}


def column_values(column) -> st.SearchStrategy:
    """Texts for a column, mostly sound."""
    name = ALIASES.get(column.name, column.name)
    if name in IDS:
        sound = st.sampled_from(IDS[name])
    elif column.kind == "code":
        sound = st.sampled_from(column.codes).flatmap(
            lambda code: st.sampled_from([code, code, code.upper().replace("_", " - ")])
        )
    elif column.kind == "date":
        sound = st.sampled_from(DAYS)
    elif column.kind == "stamp":
        sound = st.builds(str.__add__, st.sampled_from(DAYS), st.sampled_from(TIMES))
    elif name in WORDS:
        sound = st.sampled_from(WORDS[name])
    else:
        sound = st.sampled_from(["x", 'a "b", ç', "\u00a0x "])
    rare = [st.sampled_from(WRONG), sound.map("\u00a0 {}\n".format)]
    if column.kind in ("date", "stamp"):
        rare.append(st.just(NEVER))
    if column.required:
        rare.append(st.none())
        return st.integers(0, 40).flatmap(lambda dice: rare[dice] if dice < len(rare) else sound)
    return st.integers(0, 39).flatmap(
        lambda dice: rare[dice] if dice < len(rare) else sound if dice < 28 else st.none()
    )


def table_rows(table: str) -> st.SearchStrategy[list[dict]]:
    """Raw rows of one table."""
    columns = {column.name: column_values(column) for column in TABLES[table]}
    return st.lists(st.fixed_dictionaries(columns), max_size=ROWS.get(table, 4))


def companies() -> st.SearchStrategy[dict[str, list[dict]]]:
    """All fourteen tables of a small company."""
    return st.fixed_dictionaries({table: table_rows(table) for table in TABLES})
