"""Section 1: reading the fourteen tables, parsing their values, and what is rejected and why."""
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from .cleaning import clean_code, clean_currency, trim
from .settings import ACTIVITY_TYPES, Settings
from .shared_rules import GRAINS, ExchangeRates, invoice_money_date, contract_money_date, period_start

KPI_NAMES = (
    "annual_contract_value",
    "customer_lifetime_value",
    "new_pipeline_leads",
    "lead_waiting_time",
    "lead_conversion_rate",
    "sales_team_retention",
    "rep_ramp_up_time",
    "customer_referrals",
    "customer_retention",
)

LEAD_STATUSES = ("new", "working", "qualified", "converted", "disqualified")
OPPORTUNITY_TYPES = ("new_business", "upsell", "cross_sell", "renewal")
STAGES = ("prospecting", "discovery", "proposal", "negotiation", "closed_won", "closed_lost")
ACTIVITY_STATUSES = ("completed", "scheduled", "cancelled", "no_show")
CONTRACT_TYPES = ("new", "renewal", "upsell", "cross_sell")
CONTRACT_STATUSES = ("draft", "active", "expired", "cancelled", "void")
INVOICE_STATUSES = ("open", "paid", "void")
TERMINATION_REASONS = ("voluntary", "involuntary", "other")


class InputError(ValueError):
    """An input that cannot be read at all; the message names the file (and line, byte or column)."""


class Column(NamedTuple):
    """kind: text, label, currency, code, date, stamp or number. codes: the known ones, for a code."""

    name: str
    kind: str = "text"
    required: bool = False
    is_key: bool = False
    codes: tuple[str, ...] = ()


class Stamp(NamedTuple):
    """A moment: as UTC without a zone, and its calendar date in the business timezone."""

    instant: datetime
    day: date


@dataclass(frozen=True)
class BrokenRow:
    """A CSV row whose number of fields is not the header's.

    key_values: what stands at the places of the key columns, '' where the row does not reach so far.
    """

    fields: tuple[str, ...]
    key_values: tuple[str, ...]


def _table(*lines: str, **codes: tuple[str, ...]) -> tuple[Column, ...]:
    """Columns from the notation of the specification: `created_at* stamp`, `lead_id!`."""
    columns = []
    for line in lines:
        for item in line.split(", "):
            written, _, kind = item.partition(" ")
            name = written.rstrip("!*")
            columns.append(
                Column(
                    name,
                    kind or "text",
                    required=written != name,
                    is_key=written.endswith("!"),
                    codes=codes.get(name, ()),
                )
            )
    return tuple(columns)


TABLES: dict[str, tuple[Column, ...]] = {
    "crm.accounts": _table(
        "account_id!, account_name, segment label, industry, region, owner_user_id, created_at stamp",
        "updated_at stamp",
    ),
    "crm.users": _table("user_id!, full_name, email, employee_id"),
    "crm.leads": _table(
        "lead_id!, company_name, contact_name, email, phone, source label, status* code, owner_user_id",
        "created_at* stamp, disqualified_at stamp, converted_account_id, merged_into_lead_id",
        "updated_at stamp",
        status=LEAD_STATUSES,
    ),
    "crm.lead_status_history": _table(
        "lead_id!, status! code, changed_at! stamp", status=LEAD_STATUSES
    ),
    "crm.opportunities": _table(
        "opportunity_id!, account_id, lead_id, owner_user_id, opportunity_type* code, stage* code",
        "amount number, currency currency, created_at* stamp, closed_at stamp, updated_at stamp",
        opportunity_type=OPPORTUNITY_TYPES,
        stage=STAGES,
    ),
    "crm.opportunity_stage_history": _table(
        "opportunity_id!, stage! code, changed_at! stamp", stage=STAGES
    ),
    "crm.activities": _table(
        "activity_id!, activity_type* code, status* code, user_id, lead_id, opportunity_id, account_id",
        "occurred_at* stamp",
        activity_type=ACTIVITY_TYPES,
        status=ACTIVITY_STATUSES,
    ),
    "crm.contracts": _table(
        "contract_id!, account_id*, opportunity_id, renewed_from_contract_id, contract_type* code",
        "status* code, signed_on date, start_date* date, end_date date, cancelled_on date",
        "total_value* number, one_time_fees number, currency* currency, updated_at stamp",
        contract_type=CONTRACT_TYPES,
        status=CONTRACT_STATUSES,
    ),
    "crm.invoices": _table(
        "invoice_id!, account_id*, contract_id, status* code, issued_on* date, paid_on date",
        "amount* number, currency* currency",
        status=INVOICE_STATUSES,
    ),
    "crm.referrals": _table(
        "referral_id!, referring_account_id*, referred_lead_id*, referred_on* date"
    ),
    "hr.employees": _table(
        "employee_id!, full_name, email, phone, hire_date* date, termination_date date",
        "termination_reason code, annual_salary number, updated_at stamp",
        termination_reason=TERMINATION_REASONS,
    ),
    "hr.job_assignments": _table(
        "employee_id!, department! label, team, job_title, manager_employee_id, valid_from! date",
        "valid_to date",
    ),
    "reference.exchange_rates": _table("rate_date! date, currency! currency, rate* number"),
    "reference.kpi_targets": _table(
        "kpi! code, period_grain! code, period_start! date, target* number",
        kpi=KPI_NAMES,
        period_grain=GRAINS,
    ),
}


# Reading -----------------------------------------------------------------------------------------


def read_folder(folder: str | Path) -> dict[str, list[dict[str, str] | BrokenRow]]:
    """Table name ('crm.leads') -> its raw rows, from FOLDER/crm/leads.csv or crm/raw_crm__leads.csv.

    A row is a dictionary of column name -> raw text, or a BrokenRow. Raises InputError for a file that
    is missing, empty, not UTF-8, not RFC 4180, or whose header lacks a column.
    """
    tables = {}
    for table in TABLES:
        system, name = table.split(".")
        plain = Path(folder) / system / f"{name}.csv"
        seed = Path(folder) / system / f"raw_{system}__{name}.csv"
        tables[table] = read_csv(seed if seed.exists() and not plain.exists() else plain, table)
    return tables


def read_csv(path: Path, table: str) -> list[dict[str, str] | BrokenRow]:
    """The raw rows of one file: "a CSV with a header, UTF-8 (a byte-order mark is fine), comma,
    RFC 4180 quoting; a blank line is no row". Columns are found by name; unnamed ones are left out.
    A line of white space is not blank: white space belongs to the field, so it is a row of one field.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    if b"\0" in content:
        raise InputError(f"{path}: byte {content.index(0)} is NUL")
    try:
        text = content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: byte {error.start} is not UTF-8") from error

    records = split_records(text, path)
    if not records:
        raise InputError(f"{path}: is empty")
    header = [trim(name) or "" for name in records[0]]
    names = [name.lower() for name in header if name]
    for name in header:
        if name and names.count(name.lower()) > 1:
            raise InputError(f"{path}: the header names column {name} twice")
    columns = TABLES[table]
    for column in columns:
        if column.name not in header:
            raise InputError(f"{path}: {table} has no column {column.name}")

    key_places = [header.index(column.name) for column in columns if column.is_key]
    rows = []
    for fields in records[1:]:
        if len(fields) == len(header):
            rows.append({name: value for name, value in zip(header, fields) if name})
        else:
            key = tuple(fields[place] if place < len(fields) else "" for place in key_places)
            rows.append(BrokenRow(tuple(fields), key))
    return rows


FIELD = re.compile(r'"([^"]*(?:""[^"]*)*)"|([^",\r\n]*)')
LINE_END = re.compile(r"\r\n|\n|\r")


def split_records(text: str, path: Path) -> list[list[str]]:
    """The fields of every record, quotes taken off; a line without a character is none.

    The csv module lets a quote inside an unquoted field pass, so the grammar is spelt out here.
    Raises InputError with the line for a quote that is not where RFC 4180 allows it.
    """
    records, fields, position = [], [], 0
    while position < len(text) or fields:
        match = FIELD.match(text, position)
        quoted, plain = match.groups()
        fields.append(plain if quoted is None else quoted.replace('""', '"'))
        end = match.end()
        if text.startswith(",", end):
            position = end + 1
            continue
        line_end = LINE_END.match(text, end)
        if line_end is None and end < len(text):
            line = len(LINE_END.findall(text, 0, match.start())) + 1
            raise InputError(f"{path}: line {line} has a quote that is not closed or out of place")
        if len(fields) > 1 or plain != "":
            records.append(fields)
        position = end if line_end is None else line_end.end()
        fields = []
    return records


# Parsing -----------------------------------------------------------------------------------------

DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
TIME = re.compile(
    r"[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]+))?)?(Z|([+-])([0-9]{2})(?::?([0-9]{2}))?)?"
)
NUMBER = re.compile(r"[+-]?(?:[0-9]{1,15}(?:\.[0-9]*)?|\.[0-9]+)")
NEVER = 9999


def parse_date(text: str) -> date | None:
    """ "date YYYY-MM-DD, a real day of the years 1900 to 2100. Systems write 'never' as a day of the
    year 9999: that is read as blank". None for never; ValueError for anything else.
    """
    match = DATE.fullmatch(text)
    if match is None:
        raise ValueError(text)
    day = date(*map(int, match.groups()))
    if day.year == NEVER:
        return None
    if not 1900 <= day.year <= 2100:
        raise ValueError(text)
    return day


def parse_stamp(text: str, zone: ZoneInfo) -> Stamp | None:
    """ "a date, or a date, T or one space, HH:MM, HH:MM:SS or HH:MM:SS.fraction and an offset ... or
    none, which means UTC. A date alone is that day in the business timezone". None for never.
    """
    written_day, written_time = text[:10], text[10:]
    day = parse_date(written_day)
    if not written_time:
        return day and Stamp(_to_utc(datetime(day.year, day.month, day.day, tzinfo=zone)), day)

    match = TIME.fullmatch(written_time)
    if match is None:
        raise ValueError(text)
    hour, minute, second, fraction, offset, sign, offset_hours, offset_minutes = match.groups()
    # Checked before "never" is answered: 9999-12-31T25:00 is no stamp at all. datetime itself refuses
    # an hour of 24 and a minute or second of 60.
    written = datetime(
        day.year if day else NEVER, int(text[5:7]), int(text[8:10]),
        int(hour), int(minute), int(second or 0), int((fraction or "0")[:6].ljust(6, "0")),
    )
    east_of_utc = timedelta(hours=int(offset_hours or 0), minutes=int(offset_minutes or 0))
    if int(offset_minutes or 0) > 59 or east_of_utc > timedelta(hours=14):
        raise ValueError(text)
    if day is None:
        return None
    instant = written + east_of_utc if sign == "-" else written - east_of_utc
    return Stamp(instant, instant.replace(tzinfo=timezone.utc).astimezone(zone).date())


def _to_utc(moment: datetime) -> datetime:
    return moment.astimezone(timezone.utc).replace(tzinfo=None)


def parse_number(text: str) -> Decimal:
    """ "an optional sign, digits 0 to 9, at most one decimal point (.5 and 5. are fine), no exponent,
    no thousands separator; at most 15 digits before the point". ValueError for anything else.
    """
    if NUMBER.fullmatch(text) is None:
        raise ValueError(text)
    return Decimal(text)


def parse_value(column: Column, raw: str | None, zone: ZoneInfo):
    """The value of one field: None where it is missing; ValueError where it does not parse."""
    trimmed = trim(raw)
    if trimmed is None:
        return None
    if column.kind == "date":
        return parse_date(trimmed)
    if column.kind == "stamp":
        return parse_stamp(trimmed, zone)
    if column.kind == "number":
        return parse_number(trimmed)
    if column.kind == "currency":
        return clean_currency(trimmed)
    if column.kind == "label":
        return clean_code(trimmed)
    if column.kind == "code":
        code = clean_code(trimmed)
        if code not in column.codes:
            raise ValueError(trimmed)
        return code
    return trimmed


# Rejecting ---------------------------------------------------------------------------------------

# table -> (column, codes that demand another column, that column)
DEMANDED = {
    "crm.leads": [("status", {"disqualified"}, "disqualified_at")],
    "crm.opportunities": [("stage", {"closed_won", "closed_lost"}, "closed_at")],
    "crm.contracts": [
        ("status", {"cancelled"}, "cancelled_on"),
        ("status", {"expired"}, "end_date"),
    ],
    "crm.invoices": [("status", {"paid"}, "paid_on")],
}

# "end_before_start: contract end_date before start_date, valid_to before valid_from,
# termination_date before hire_date."
START_AND_END = {
    "crm.contracts": ("start_date", "end_date"),
    "hr.job_assignments": ("valid_from", "valid_to"),
    "hr.employees": ("hire_date", "termination_date"),
}


def check_row(table: str, raw: dict, settings: Settings, zone: ZoneInfo) -> tuple[dict, set[str]]:
    """The parsed row (column -> value or None) and the reasons for which the row itself is rejected."""
    values, invalid, reasons = {}, set(), set()
    for column in TABLES[table]:
        try:
            values[column.name] = parse_value(column, raw.get(column.name), zone)
        except ValueError:
            values[column.name] = None
            invalid.add(column.name)

    # "A value rejected as invalid is not also called missing."
    reasons.update(f"invalid_{name}" for name in invalid)
    for column in TABLES[table]:
        if column.required and values[column.name] is None and column.name not in invalid:
            reasons.add(f"missing_{column.name}")
    for name, codes, demanded in DEMANDED.get(table, []):
        if values[name] in codes and values[demanded] is None and demanded not in invalid:
            reasons.add(f"missing_{demanded}")

    # "A rule over two columns needs both to be there and valid."
    if table in START_AND_END:
        start, end = (values[name] for name in START_AND_END[table])
        if start is not None and end is not None and end < start:
            reasons.add("end_before_start")
    if table == "crm.contracts":
        total, fees = values["total_value"], values["one_time_fees"]
        if total is not None and total < 0:
            reasons.add("negative_total_value")
        if fees is not None and fees < 0:
            reasons.add("negative_one_time_fees")
        if total is not None and fees is not None and fees > total:
            reasons.add("one_time_fees_exceed_total")
    if table == "reference.exchange_rates":
        if values["rate"] is not None and values["rate"] <= 0:
            reasons.add("non_positive_rate")
    if table == "reference.kpi_targets":
        grain, start = values["period_grain"], values["period_start"]
        if grain is not None and start is not None:
            # "a target whose period_start is not the first day of such a period of the fiscal calendar"
            if period_start(grain, start, settings.fiscal_year_start_month) != start:
                reasons.add("no_such_period")
    return values, reasons


def lacks_a_rate(table: str, values: dict, rates: ExchangeRates) -> bool:
    """ "no_exchange_rate: ... a contract or invoice, whatever its status, that lacks one of the rates
    which its conversion takes".
    """
    if table == "crm.contracts":
        day = contract_money_date(values)
    elif table == "crm.invoices":
        day = invoice_money_date(values)
    else:
        return False
    return rates.factor(values["currency"], day) is None


def second_choices(table: str, rows: list[tuple[dict, dict]]) -> set[int]:
    """The places of the rows, given as (raw, parsed), that lose against another row with their key.

    "duplicate_key: of the rows that pass everything above, the one with the greatest updated_at
    (missing is oldest) is kept for a key, the others are rejected. Ties keep the row whose trimmed
    values, joined by | in the order of the table above, come first by code point."
    """
    columns = TABLES[table]
    places_of_key = defaultdict(list)
    for place, (_, values) in enumerate(rows):
        key = tuple(_comparable(values[column.name]) for column in columns if column.is_key)
        places_of_key[key].append(place)

    def updated_at(place):
        stamp = rows[place][1].get("updated_at")
        return stamp.instant if stamp else datetime.min

    def joined(place):
        # Rows that differ in white space alone are decided by their raw values, so that order never matters.
        raw_values = [rows[place][0].get(column.name) or "" for column in columns]
        return "|".join(trim(value) or "" for value in raw_values), "|".join(raw_values)

    losers = set()
    for places in places_of_key.values():
        if len(places) > 1:
            latest = max(map(updated_at, places))
            kept = min((place for place in places if updated_at(place) == latest), key=joined)
            losers.update(place for place in places if place != kept)
    return losers


def _comparable(value):
    # Two ways of writing the same instant are one key.
    return value.instant if isinstance(value, Stamp) else value


def stage(tables: dict, settings: Settings) -> tuple[dict[str, list[dict]], list[dict]]:
    """(staged, rejected): table -> parsed rows, and the rejected rows of all tables.

    A parsed row has every column of its table: str, Decimal, date, Stamp or None. A rejected row has
    source_table, row_key, reasons and raw_row, all text. A column that a raw row does not have is
    missing, a table that is not there has no rows.
    """
    zone = ZoneInfo(settings.business_timezone)
    staged, rejected = {}, []
    rates = None
    # "rates are staged first"
    for table in sorted(TABLES, key=lambda name: name != "reference.exchange_rates"):
        passed = []
        for raw in tables.get(table, ()):
            if isinstance(raw, BrokenRow):
                rejected.append(_rejected(table, raw, {"wrong_field_count"}))
                continue
            values, reasons = check_row(table, raw, settings, zone)
            if not reasons and rates is not None and lacks_a_rate(table, values, rates):
                reasons = {"no_exchange_rate"}
            if reasons:
                rejected.append(_rejected(table, raw, reasons))
            else:
                passed.append((raw, values))

        losers = second_choices(table, passed)
        for place in sorted(losers):
            rejected.append(_rejected(table, passed[place][0], {"duplicate_key"}))
        staged[table] = [values for place, (_, values) in enumerate(passed) if place not in losers]
        if table == "reference.exchange_rates":
            rates = ExchangeRates(
                staged[table], settings.base_currency, settings.reporting_currency
            )
    return {table: staged[table] for table in TABLES}, rejected


def _rejected(table: str, raw: dict | BrokenRow, reasons: set[str]) -> dict[str, str]:
    """ "source_table such as crm.leads, row_key, the key's raw values joined by |, reasons, all of them
    sorted and joined by `,`, raw_row, the raw row as JSON text".
    """
    if isinstance(raw, BrokenRow):
        key_values, content = raw.key_values, list(raw.fields)
    else:
        key_values = [raw.get(column.name) or "" for column in TABLES[table] if column.is_key]
        content = dict(raw)
    return {
        "source_table": table,
        "row_key": "|".join(key_values),
        "reasons": ",".join(sorted(reasons)),
        "raw_row": json.dumps(content, ensure_ascii=False),
    }
