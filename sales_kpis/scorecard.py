"""Show the latest quarter's KPIs against their targets."""

import argparse
import contextlib
import io
import sys
from decimal import Decimal

from dbt.cli.main import dbtRunner
from rich import box
from rich.console import Console
from rich.table import Table

from .project import Settings
from .words import word

STATUS_STYLES = {"on_target": "green", "off_target": "red"}


def run(options: argparse.Namespace) -> int:
    """Print the rows of analyses/latest_quarter.sql as a table; 1 if they cannot be read."""
    options = Settings.of(options).dbt_options
    command = ["show", "--select", "latest_quarter", "--limit", "100", *options]
    # dbt shows the rows in a form of its own
    with contextlib.redirect_stdout(io.StringIO()) as said:
        result = dbtRunner().invoke(command)
    if not result.success:
        print(said.getvalue())
        return 1
    rows = [row.dict() for row in result.result.results[0].agate_table.rows]
    # a pipe or a log has no width of its own
    console = Console(width=None if sys.stdout.isatty() else 100)
    console.print(table_of(rows))
    rejected, raw = int(rows[0]["rejected_rows"]), int(rows[0]["raw_rows"])
    console.print(f"{rejected:,} of {raw:,} raw rows were rejected: marts.rejected_rows says why")
    return 0


def table_of(rows: list[dict]) -> Table:
    """The KPIs of one period, English over Turkish, in the order of the rows; there is at least one."""
    first = rows[0]
    title = f"{first['period_start']} to {first['period_end']}"
    if not first["is_complete"]:
        title += ", still running"
    caption = f"amounts in {first['reporting_currency']}; d: days, pp: percentage points"
    table = Table(title=title, caption=caption, box=box.SIMPLE, pad_edge=False)
    table.add_column("KPI", min_width=20)
    for name in ("value", "target", "change", "year ago"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("status", no_wrap=True)
    for row in rows:
        unit = row["unit"]
        table.add_row(
            f"{row['kpi_name_en']}\n[dim]{row['kpi_name_tr']}[/dim]",
            formatted(row["value"], unit),
            formatted(row["target_value"], unit),
            formatted(row["change"], unit, sign="+"),
            formatted(row["year_ago_value"], unit),
            word("status", row["status"], "en"),
            style=STATUS_STYLES.get(row["status"]),
        )
    return table


def formatted(value: Decimal | None, unit: str, sign: str = "") -> str:
    """A value as people write it; None is a dash. unit: share (0 to 1), currency, count or days."""
    if value is None:
        return "-"
    if unit == "share":
        # a difference of shares is in percentage points
        return f"{value * 100:{sign}.1f}{' pp' if sign else '%'}"
    if unit == "days":
        return f"{value:{sign},.1f} d"
    return f"{value:{sign},.0f}"
