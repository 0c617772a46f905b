"""Whether two makers of the nine KPIs give the same answers."""

from pathlib import Path

import duckdb
import jinja2

CATALOGUE = Path(__file__).resolve().parents[1] / "macros" / "marts" / "kpi_catalogue.sql"
KEY = ["period_grain", "period_start", "dimension", "dimension_value"]
#: further columns that are no numbers
EXACT = ["period_end", "is_complete"]


def kpi_tables() -> list[str]:
    """The tables that there must be, from the project's one list of its KPIs."""
    returned: list[dict] = []
    environment = jinja2.Environment(extensions=["jinja2.ext.do"])
    template = environment.from_string(CATALOGUE.read_text(encoding="utf-8") + "{% do kpi_catalogue() %}")
    template.render({"return": returned.extend})
    return [f"kpi_{entry['kpi']}" for entry in returned]


def differences(build: Path, other: Path) -> list[str]:
    """What differs between a warehouse and another's nine tables, a line for each thing; none if all is equal.

    other: a DuckDB file with the tables kpi_<name>, or a folder with kpi_<name>.parquet. Each table is
    there on both sides, a table and no view, has rows, as many as the other and no key twice, and each
    row has its like. Numbers may differ by a millionth, or by 1e-9 of their size.
    """
    lines = []
    expected = kpi_tables()
    with duckdb.connect() as connection:
        connection.execute(f"attach '{build}' as build (read_only)")
        connection.execute(
            "create temp macro alike(a, b) as a is null and b is null"
            " or coalesce(abs(a - b) <= 0.000001 + 1e-9 * abs(a), false)"
        )
        ours = _relations(connection, "build", "marts")
        if other.is_dir():
            theirs = {path.stem: "BASE TABLE" for path in other.glob("kpi_*.parquet")}
        else:
            connection.execute(f"attach '{other}' as other (read_only)")
            theirs = _relations(connection, "other", "main")
        for side, there in (("build", ours), ("other", theirs)):
            lines += [f"{name}: missing in the {side}" for name in expected if name not in there]
            lines += [f"{name}: in the {side}, not in the catalogue" for name in there if name not in expected]
            # its work would be left to whoever reads it, and would not be timed
            lines += [f"{name}: a view in the {side}" for name in there if there[name] == "VIEW"]
        for name in expected:
            if ours.get(name) == theirs.get(name) == "BASE TABLE":
                place = f"'{other / name}.parquet'" if other.is_dir() else f"other.{name}"
                lines += [f"{name}: {line}" for line in _table_differences(connection, f"build.marts.{name}", place)]
    return lines


def _relations(connection, database: str, schema: str) -> dict[str, str]:
    """The KPIs' tables and views: name -> BASE TABLE or VIEW."""
    return dict(
        connection.execute(
            "select table_name, table_type from information_schema.tables where table_catalog = ?"
            " and table_schema = ? and starts_with(table_name, 'kpi_') and table_name <> 'kpi_scorecard'"
            " order by table_name",
            [database, schema],
        ).fetchall()
    )


def _table_differences(connection, ours: str, theirs: str) -> list[str]:
    columns, their_columns = (
        [row[0] for row in connection.execute(f"describe from {place}").fetchall()] for place in (ours, theirs)
    )
    if columns != their_columns:
        return [f"columns {their_columns} instead of {columns}"]
    lines, key, counts = [], ", ".join(KEY), []
    for side, place in (("build", ours), ("other", theirs)):
        rows, keys = connection.execute(f"select count(*), count(distinct ({key})) from {place}").fetchone()
        counts.append(rows)
        if keys < rows:
            lines.append(f"{rows - keys} rows in the {side} repeat a key")
    if counts[0] != counts[1] or not counts[0]:
        lines.append(f"{counts[0]} rows in the build, {counts[1]} in the other")

    differ = ["ours.is_there is null", "theirs.is_there is null"]
    for column in columns:
        if column in EXACT:
            differ.append(f"ours.{column} is distinct from theirs.{column}")
        elif column not in KEY:
            differ.append(f"not alike(cast(ours.{column} as double), cast(theirs.{column} as double))")
    pairs, wrong = connection.execute(
        f"select count(*), count(*) filter (where {' or '.join(differ)})"
        f" from (select *, true as is_there from {ours}) as ours"
        f" full join (select *, true as is_there from {theirs}) as theirs using ({key})"
    ).fetchone()
    return [*lines, f"{wrong} of {pairs} rows differ"] if wrong else lines
