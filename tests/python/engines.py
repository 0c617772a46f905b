"""The same tables on another engine than DuckDB, and what it made of them compared with what DuckDB made."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from awkward_texts import awkward_company
from conftest import FIXTURE_SETTINGS, Run
from extracts import (
    ACCEPTANCE,
    ACCEPTANCE_SETTINGS,
    OTHER_SETTINGS,
    Rows,
    fixture_rows,
    read_extract,
)
from tests.python.reference import TABLES

#: what a user sees, and the accepted rows with their types
RELATIONS = """
    select table_schema, table_name, column_name, data_type from information_schema.columns
    where table_schema in ('marts', 'publication') or table_schema = 'staging' and table_name like 'stg_%'
    order by table_schema, table_name, ordinal_position
"""

TYPES = {
    "varchar": "string",
    "text": "string",
    "character varying": "string",
    "int": "integer",
    "timestamp without time zone": "timestamp",
    "numeric": "decimal",
}


@dataclass
class Scenario:
    """Tables and settings on which engines must agree, and the dbt command that builds them there."""

    tables: Callable[[], Rows]
    settings: dict
    command: str = "build"


SCENARIOS = [
    pytest.param(Scenario(fixture_rows, FIXTURE_SETTINGS), id="the fixture"),
    pytest.param(
        Scenario(fixture_rows, OTHER_SETTINGS, "run"), id="the fixture, no setting at its default"
    ),
    pytest.param(
        Scenario(
            awkward_company,
            {
                "as_of_date": "2026-06-30",
                "reporting_start_date": "2025-01-01",
                "business_timezone": "America/Havana",
                "absent_inputs": ["crm.referrals"],
            },
            "run",
        ),
        id="texts that engines read in different ways, and an input that is not there",
    ),
    pytest.param(
        Scenario(lambda: read_extract(ACCEPTANCE), ACCEPTANCE_SETTINGS),
        id="the acceptance data",
        marks=pytest.mark.skipif(
            not ACCEPTANCE.exists(), reason="the acceptance data is not beside the checkout"
        ),
    ),
]


def column_names(table: str, rows: list[dict]) -> list[str]:
    """The columns of a table: those of its rows, extra ones too, or those of the contract."""
    return list(rows[0]) if rows else [column.name for column in TABLES[table]]


def type_of(written: str) -> str:
    """A column's type in one spelling for all engines."""
    name, parenthesis, size = written.lower().replace(", ", ",").partition("(")
    return TYPES.get(name, name) + parenthesis + size


def relations_of_duckdb(run: Run) -> dict[str, list[tuple[str, str]]]:
    """'marts.kpi_…' -> its columns, each with its type."""
    found: dict[str, list] = {}
    for schema, table, column, data_type in run.query(RELATIONS):
        found.setdefault(f"{schema}.{table}", []).append((column, type_of(data_type)))
    return found


def differences_between(
    duckdb_run: Run, relations: dict[str, list[tuple[str, str]]], query
) -> list[str]:
    """All in which another engine's marts and accepted rows differ from DuckDB's, a line each.

    relations: the other engine's, as `relations_of_duckdb` gives DuckDB's; query: SQL -> its rows.
    Compared are names, order and types of the columns, and the rows as a bag of values.
    """
    expected = relations_of_duckdb(duckdb_run)
    found = [f"{name} is missing" for name in expected.keys() - relations.keys()]
    found += [f"{name} is not expected" for name in relations.keys() - expected.keys()]
    for name in sorted(expected.keys() & relations.keys()):
        if expected[name] != relations[name]:
            found.append(f"{name}: columns {relations[name]} instead of {expected[name]}")
            continue
        # where the inputs are is the one thing that differs
        condition = " where setting <> 'inputs'" if name == "marts.settings_in_use" else ""
        columns = ", ".join(column for column, _ in expected[name])
        select = f"select {columns} from {name}{condition}"
        ours = Counter(map(tuple, query(select)))
        duckdbs = Counter(map(tuple, duckdb_run.query(select)))
        for label, rows in (("is missing", duckdbs - ours), ("is not expected", ours - duckdbs)):
            found += [f"{name}: {row} {label}" for row in list(rows)[:5]]
            if len(rows) > 5:
                found.append(f"{name}: {len(rows) - 5} more {label}")
    return found
