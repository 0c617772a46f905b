"""Whether two makers of the nine KPIs give the same answers."""

from pathlib import Path

import duckdb

KEY = ["period_grain", "period_start", "dimension", "dimension_value"]


def differences(build: Path, other: Path) -> list[str]:
    """What differs between a warehouse and another's nine tables, one line a table.

    other: a DuckDB file with the tables kpi_<name>, or a folder with kpi_<name>.parquet. Numbers may
    differ by a millionth, or by 1e-9 of their size.
    """
    lines = []
    with duckdb.connect() as connection:
        connection.execute(f"attach '{build}' as build (read_only)")
        if not other.is_dir():
            connection.execute(f"attach '{other}' as other (read_only)")
        tables = connection.execute(
            "select table_name from duckdb_tables() where database_name = 'build' and schema_name = 'marts'"
            " and table_name like 'kpi\\_%' escape '\\' and table_name <> 'kpi_scorecard' order by all"
        ).fetchall()
        for (table,) in tables:
            theirs = f"'{other / table}.parquet'" if other.is_dir() else f"other.{table}"
            columns = [row[0] for row in connection.execute(f"describe from build.marts.{table}").fetchall()]
            their_columns = [row[0] for row in connection.execute(f"describe from {theirs}").fetchall()]
            if columns != their_columns:
                lines.append(f"{table}: {their_columns} instead of {columns}")
                continue
            differ = [
                "(ours.period_end, ours.is_complete) is distinct from (theirs.period_end, theirs.is_complete)"
            ]
            for column in columns[len(KEY) + 2 :]:
                pair = f"cast(ours.{column} as double), cast(theirs.{column} as double)"
                differ.append(f"not alike({pair})")
            connection.execute(
                "create or replace temp macro alike(a, b) as a is null and b is null"
                " or coalesce(abs(a - b) <= 0.000001 + 1e-9 * abs(a), false)"
            )
            rows, wrong = connection.execute(
                f"select count(*), count(*) filter (where {' or '.join(differ)})"
                f" from build.marts.{table} as ours full join {theirs} as theirs using ({', '.join(KEY)})"
            ).fetchone()
            if wrong:
                lines.append(f"{table}: {wrong} of {rows} rows")
    return lines
