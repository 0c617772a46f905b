"""A company by hand: raw rows of the inputs, of which a test names only what matters to it, and the
way back, one row of a KPI or one number of plain SQL.
"""

from datetime import date, timedelta
from decimal import Decimal


def account(account_id: str, **columns) -> dict:
    return {"account_id": account_id, **columns}


def user(user_id: str, employee_id: str | None = None) -> dict:
    return {"user_id": user_id, "employee_id": employee_id}


def lead(lead_id: str, created_at: str, **columns) -> dict:
    return {"lead_id": lead_id, "status": "working", "created_at": created_at, **columns}


def opportunity(opportunity_id: str, lead_id: str | None, stage: str, **columns) -> dict:
    return {
        "opportunity_id": opportunity_id,
        "lead_id": lead_id,
        "opportunity_type": "new_business",
        "stage": stage,
        "created_at": "2024-01-01",
        **columns,
    }


def activity(
    activity_id: str, activity_type: str, status: str, occurred_at: str, **columns
) -> dict:
    return {
        "activity_id": activity_id,
        "activity_type": activity_type,
        "status": status,
        "occurred_at": occurred_at,
        **columns,
    }


def contract(contract_id: str, account_id: str, start: str, end: str | None, **columns) -> dict:
    """A contract in the reporting currency, worth 1,200 unless it says otherwise."""
    return {
        "contract_id": contract_id,
        "account_id": account_id,
        "contract_type": "new",
        "status": "active",
        "start_date": start,
        "end_date": end,
        "total_value": "1200",
        "currency": "TRY",
        **columns,
    }


def invoice(invoice_id: str, account_id: str, amount: str, paid_on: str, **columns) -> dict:
    return {
        "invoice_id": invoice_id,
        "account_id": account_id,
        "status": "paid",
        "issued_on": paid_on,
        "paid_on": paid_on,
        "amount": amount,
        "currency": "TRY",
        **columns,
    }


def referral(referral_id: str, account_id: str, lead_id: str, referred_on: str) -> dict:
    return {
        "referral_id": referral_id,
        "referring_account_id": account_id,
        "referred_lead_id": lead_id,
        "referred_on": referred_on,
    }


def employee(employee_id: str, hire_date: str, **columns) -> dict:
    return {"employee_id": employee_id, "hire_date": hire_date, **columns}


def assignment(employee_id: str, valid_from: str, valid_to: str | None = None, **columns) -> dict:
    return {
        "employee_id": employee_id,
        "department": "sales",
        "valid_from": valid_from,
        "valid_to": valid_to,
        **columns,
    }


def last_day(start: str, months: int) -> str:
    """The last day of a contract of so many months from a day that every month has."""
    first = date.fromisoformat(start)
    years, month = divmod(first.month - 1 + months, 12)
    return str(date(first.year + years, month + 1, first.day) - timedelta(days=1))


def period(name: str) -> tuple[str, str]:
    """'2024', '2024-Q3' or '2024-07' -> grain and first day."""
    year, _, part = name.partition("-")
    if not part:
        return "year", f"{year}-01-01"
    if part.startswith("Q"):
        return "quarter", f"{year}-{3 * int(part[1]) - 2:02}-01"
    return "month", f"{name}-01"


def plain(value):
    return float(value) if isinstance(value, Decimal) else value


def kpi(warehouse, name: str, when: str, columns: str, **dimension: str):
    """Columns of a KPI's one row: the company's, or that of a dimension's value (source='web').

    One column comes as its value, several as a tuple.
    """
    [(axis, value)] = dimension.items() or [("company", "all")]
    grain, first = period(when)
    [row] = warehouse.query(
        f"select {columns} from marts.kpi_{name} where period_grain = '{grain}'"
        f" and period_start = '{first}' and dimension = '{axis}' and dimension_value = '{value}'"
    )
    row = tuple(map(plain, row))
    return row if len(row) > 1 else row[0]


def naive(warehouse, sql: str):
    """The one number that plain SQL on the raw rows gives."""
    [[value]] = warehouse.query(sql)
    return plain(value)
