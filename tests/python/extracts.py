"""Extracts: the fixture's and the acceptance data's rows, and folders of CSV files as a user has them."""

import csv
from pathlib import Path

from conftest import ROOT
from tests.python.reference import TABLES

Rows = dict[str, list[dict[str, str | None]]]

ACCEPTANCE = ROOT.parent / "shared" / "acceptance" / "input"
ACCEPTANCE_SETTINGS = {"as_of_date": "2025-11-17", "reporting_start_date": "2022-01-01"}

SEEDS = ROOT / "seeds"

# nothing at its default, so that a setting that is not used shows
OTHER_SETTINGS = {
    "as_of_date": "2026-06-30",
    "reporting_start_date": "2024-02-10",
    "reporting_currency": "USD",
    "business_timezone": "America/New_York",
    "fiscal_year_start_month": 4,
    "sales_departments": ["Marketing", "SALES"],
    "customer_meeting_types": ["Call", "demo"],
    "renewal_grace_days": 0,
    "stale_after_days": 10,
    "conversion_window_days": 45,
    "small_group_minimum": 2,
}


def seed_rows(table: str) -> tuple[list[str], list[list[str]]]:
    """Header and rows of a seed."""
    system, name = table.split(".")
    with open(SEEDS / system / f"raw_{system}__{name}.csv", newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    return header, rows


def write_extract(
    folder: Path, table: str, header: list[str], rows: list[list[str]], **format_
) -> Path:
    """A table as FOLDER/crm/leads.csv; format_ goes to the CSV writer or, as encoding, to the file."""
    path = folder / f"{table.replace('.', '/')}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding=format_.pop("encoding", "utf-8")) as file:
        csv.writer(file, **{"lineterminator": "\n", **format_}).writerows([header, *rows])
    return path


def fixture_rows() -> Rows:
    """The seeds; a blank field is None, as it is to a warehouse's loader."""
    tables = {}
    for table in TABLES:
        header, rows = seed_rows(table)
        tables[table] = [dict(zip(header, (text or None for text in row))) for row in rows]
    return tables


def read_extract(folder: Path) -> Rows:
    """The CSV files of a folder as rows; a blank field is None, as it is to a warehouse's loader."""
    tables = {}
    for table in TABLES:
        with (folder / f"{table.replace('.', '/')}.csv").open(newline="", encoding="utf-8-sig") as file:
            tables[table] = [
                {name: text or None for name, text in row.items()} for row in csv.DictReader(file)
            ]
    return tables


def write_extract_of(tables: Rows, folder: Path) -> Path:
    """The same the other way round."""
    for table, columns in TABLES.items():
        path = folder / f"{table.replace('.', '/')}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, [column.name for column in columns])
            writer.writeheader()
            writer.writerows(tables[table])
    return folder
