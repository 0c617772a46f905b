"""Check the inputs, build and test everything, publish it if all is right, and show the latest quarter."""

import argparse
import contextlib
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import psycopg2
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.artifacts.schemas.results import NodeStatus
from dbt.cli.main import dbtRunner, dbtRunnerResult

from . import preflight, scorecard
from .csv_files import InputError
from .locking import Refused, lock
from .project import Settings, warehouse_path
from .published_schema import connected
from .publish import guard_volume, place_of, publish, seen_by_readers


#: Where dbt keeps the rows on which a test has failed.
AUDIT_SCHEMA = "dbt_test__audit"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--accept-fewer-rows", action="store_true", help="publish although an input has lost half its rows"
    )


def run(options: argparse.Namespace) -> int:
    """All steps in turn; 1 as soon as one fails, and then readers see what they saw before.

    Unit tests are left to the tests: they prove the code, not the data.
    """
    settings = Settings.of(options)
    try:
        with lock(settings.target):
            build(settings, options.accept_fewer_rows)
    except psycopg2.OperationalError as error:
        print(f"PostgreSQL cannot be reached: {' '.join(str(error).split())}")
        return 1
    except (Refused, InputError) as error:
        print(error)
        if settings.target in ("duckdb", "postgres"):
            print(f"Nothing new is published. {seen_by_readers(place_of(settings.target))}")
        return 1
    return scorecard.run(options)


def build(settings: Settings, accept_fewer_rows: bool) -> None:
    """Preflight, dbt build, publication. Raises Refused or InputError."""
    # the settings are checked while the project is parsed, before anything uses one of them
    parsed = dbtRunner().invoke(["--quiet", "parse", *settings.dbt_options])
    if not parsed.success:
        raise Refused("The settings or the project are refused, see above.")
    publishes = settings.target in ("duckdb", "postgres")

    with step("Preflight") as done:
        files = preflight.check(settings)
        done(f"{sum(file.rows for file in files):,} rows in {len(files)} files" if files else "no files")
    if publishes and files:
        guard_volume(settings.target, preflight.rows_by_table(files), accept_fewer_rows)
    set_aside_if_damaged(settings)
    forget_failures(settings)

    command = ["build", "--exclude-resource-type", "unit_test", *settings.dbt_options]
    result = dbtRunner(manifest=parsed.result).invoke(command)
    # dbt keeps the warehouse open, and locked down, until the process ends
    DuckDBConnectionManager.close_all_connections()
    if not result.success:
        report_failures(result, settings)
        raise Refused("The build failed, see above.")

    if publishes:
        with step("Publish") as done:
            done(str(publish(settings.target, preflight.hashes_by_table(files, settings), accept_fewer_rows)))


@contextlib.contextmanager
def step(name: str) -> Iterator[Callable[[str], None]]:
    """Say what is being done, and how long it took."""
    start = time.monotonic()
    said = []
    print(f"{name} …", flush=True)
    yield said.append
    print(f"{name}: {said[0]} ({time.monotonic() - start:.1f} s)", flush=True)


def set_aside_if_damaged(settings: Settings) -> None:
    """A work file that DuckDB cannot open is renamed, and the build makes a new one.

    Raises Refused where another program holds the file, or where it holds the inputs, too.
    """
    path = warehouse_path()
    if settings.target != "duckdb" or not path.exists():
        return
    try:
        duckdb.connect(str(path)).close()
    except duckdb.IOException as error:
        if "lock" in str(error):
            raise Refused(f"{path} is open in another program; close it: {error}") from None
        damaged(path, settings, error)
    except duckdb.Error as error:
        damaged(path, settings, error)


def damaged(path: Path, settings: Settings, error: Exception) -> None:
    """Rename it. Raises Refused where the inputs are in it."""
    if not settings.inputs_are_files:
        raise Refused(f"{path}, which holds the inputs, is damaged: {error}")
    aside = path.with_name(f"{path.name}.damaged")
    os.replace(path, aside)
    path.with_name(f"{path.name}.wal").unlink(missing_ok=True)
    print(f"{path} is damaged and now called {aside.name}; a new one is made ({error})")


def forget_failures(settings: Settings) -> None:
    """The rows kept of an earlier build's failed tests go: they may be of people who are in no input any more."""
    statement = f"drop schema if exists {AUDIT_SCHEMA} cascade"
    if settings.target == "duckdb" and warehouse_path().exists():
        with duckdb.connect(str(warehouse_path())) as connection:
            connection.execute(statement)
    elif settings.target == "postgres":
        with connected() as cursor:
            cursor.execute(statement)


def report_failures(result: dbtRunnerResult, settings: Settings) -> None:
    """Run the tests that failed once more, so that their rows are kept, and say where."""
    failed = [
        item.node.name
        for item in result.result or []
        if item.status == NodeStatus.Fail and item.node.resource_type == "test"
    ]
    if not failed:
        return
    print("Keeping the rows on which tests failed …")
    command = ["--quiet", "test", "--store-failures", *settings.dbt_options, "--select", *failed]
    again = dbtRunner().invoke(command)
    DuckDBConnectionManager.close_all_connections()
    for item in again.result or []:
        if item.node.resource_type != "test":
            continue
        # the rows may hold people's data, and this goes into a log
        print(f"{item.node.name}: {item.failures or 'no'} rows, kept in {item.node.relation_name}")
