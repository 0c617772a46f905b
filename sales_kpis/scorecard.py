"""Show the latest quarter's KPIs against their targets."""

import argparse
import contextlib
import io
from decimal import Decimal

from dbt.cli.main import dbtRunner
from rich.console import Console
from rich.table import Table

STATUS_STYLES = {"on_target": "green", "off_target": "red"}


def run(options: argparse.Namespace) -> int:
    """Print the rows of analyses/latest_quarter.sql as a table; 1 if they cannot be read."""
    from .build import dbt_options

    command = ["show", "--select", "latest_quarter", "--limit", "100", *dbt_options(options)]
    # dbt shows the rows in a form of its own
    with contextlib.redirect_stdout(io.StringIO()) as said:
        result = dbtRunner().invoke(command)
    if not result.success:
        print(said.getvalue())
        return 1
    rows = [row.dict() for row in result.result.results[0].agate_table.rows]
    Console().print(table_of(rows))
    return 0


def table_of(rows: list[dict]) -> Table:
    """The KPIs of one period, one line each, in the order of the rows; there is at least one."""
    first = rows[0]
    title = f"{first['period_start']} to {first['period_end']}"
    table = Table(title=title if first["is_complete"] else f"{title} (still running)")
    for name in ("KPI", "Türkçe"):
        table.add_column(name)
    for name in ("value", "target", "change", "a year ago"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("status", no_wrap=True)
    for row in rows:
        unit = row["reporting_currency"] if row["unit"] == "currency" else row["unit"]
        status = row["status"]
        table.add_row(
            row["kpi_name_en"],
            row["kpi_name_tr"],
            formatted(row["value"], unit),
            formatted(row["target_value"], unit),
            formatted(row["change"], unit, sign="+"),
            formatted(row["year_ago_value"], unit),
            status.replace("_", " "),
            style=STATUS_STYLES.get(status),
        )
    return table


def formatted(value: Decimal | None, unit: str, sign: str = "") -> str:
    """A value as people write it; None is a dash.

    unit: share (0 to 1), count, days, or a currency's code.
    """
    if value is None:
        return "-"
    if unit == "share":
        # a difference of shares is in percentage points
        return f"{value * 100:{sign}.1f} {'pp' if sign else '%'}"
    if unit == "count":
        return f"{value:{sign},.0f}"
    if unit == "days":
        return f"{value:{sign},.1f} days"
    return f"{value:{sign},.0f} {unit}"
