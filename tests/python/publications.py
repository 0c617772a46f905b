"""Small publications, as a build makes them but without one: each table says in which run it was made."""

import os
import sys
from datetime import datetime
from pathlib import Path

import duckdb

from sales_kpis.publication import Publication, Table, Version

TABLES = ["kpi_one", "kpi_three", "kpi_two"]


def warehouse(path: Path, run: int, rows: int = 1000) -> None:
    """A work file as of a run: three marts, each with the run's number in every row."""
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema if not exists marts")
        for table in TABLES:
            connection.execute(
                f"create or replace table marts.{table} as"
                f" select {run} as run, i, repeat('x', 100) || i as filling from range({rows}) as t (i)"
            )


def publication(run: int, tables: list[str] = TABLES) -> Publication:
    """The publication of a run; ids sort as the runs' numbers do."""
    run_id = f"20260101T000000Z-{run:08}"
    published_at = datetime(2026, 1, 1)
    return Publication(
        Version(run_id, published_at, "2026-01-01", {"crm.leads": 100}),
        [Table(name, "marts", name) for name in tables],
        {
            "published_run": (
                ["run_id varchar(40)", "published_at timestamp", "as_of_date date"],
                [(run_id, published_at, "2026-01-01")],
            ),
            "published_inputs": (
                ["source_table varchar(40)", "raw_rows bigint"],
                [("crm.leads", 100)],
            ),
        },
    )


def run_number(run_id: str) -> int:
    return int(run_id.rpartition("-")[2])


def publish_for_ever(folder: Path) -> None:
    """Publish one run after the other, until the process is killed."""
    from sales_kpis.published_files import PublishedFiles

    published = PublishedFiles(folder / "published")
    current = published.current()
    run = run_number(current.run_id) if current else 0
    os.environ["SALES_KPIS_DUCKDB_PATH"] = str(folder / "work.duckdb")
    while True:
        run += 1
        warehouse(folder / "work.duckdb", run)
        published.publish(publication(run))
        print(run, flush=True)


if __name__ == "__main__":
    publish_for_ever(Path(sys.argv[1]))
