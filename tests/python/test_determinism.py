"""The same inputs and settings give the same warehouse, whenever and wherever it is built."""

import datetime
import os
import re
import shutil
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import duckdb
import pytest
from dbt.cli.main import dbtRunner
from engine import Warehouse

from conftest import FIXTURE_SETTINGS, ROOT
from extracts import fixture_rows
from tests.python.comparison import differences_of_company
from tests.python.reference import TABLES


def content(run, *schemas: str) -> dict[str, tuple]:
    """table -> its columns, their types, and one hash of all its rows whatever their order."""
    tables = run.query(
        "select schema_name, table_name, list((column_name, data_type) order by column_index)"
        f" from duckdb_columns() where schema_name in {schemas or ('marts', '')} group by all"
    )
    return {
        f"{schema}.{name}": (
            columns,
            *run.query(
                f"select count(*), sum(cast(hash(entry) as hugeint)) from {schema}.{name} as entry"
            ),
        )
        for schema, name, columns in tables
    }


MADE = ("staging", "intermediate", "marts")


@pytest.fixture
def loaded(fixture_build, tmp_path) -> Path:
    """A copy of the fixture's warehouse, to build in again."""
    return Path(shutil.copy(fixture_build.warehouse, tmp_path / "sales_kpis.duckdb"))


@pytest.fixture
def rebuilt(project_on_seeds, loaded):
    """A function that builds all models again, in this process: the content of the warehouse."""

    def rebuild(threads: int) -> dict[str, tuple]:
        result = project_on_seeds.invoke(
            "run", "--threads", str(threads), settings={}, warehouse=loaded
        )
        assert result.success, result.exception
        with duckdb.connect(str(loaded)) as connection:
            return content(Warehouse(connection), *MADE)

    return rebuild


def test_further_builds_are_the_same_with_one_two_and_four_threads(fixture_build, rebuilt):
    first = content(fixture_build, *MADE)
    assert {name.split(".")[0] for name in first} == set(MADE) and len(first) > 60
    for threads in (1, 4, 2):
        assert rebuilt(threads) == first, f"{threads} threads"


def test_the_content_is_another_when_a_value_a_row_or_a_type_is(fixture_build, loaded):
    before = content(fixture_build, *MADE)
    with duckdb.connect(str(loaded)) as connection:
        for change in (
            "update marts.fct_payments set amount = amount + 0.000001 where invoice_id ="
            " (select min(invoice_id) from marts.fct_payments)",
            "insert into marts.rejected_rows select * from marts.rejected_rows limit 1",
            "alter table marts.fct_leads alter days_to_outcome type bigint",
        ):
            connection.execute(change)
            after = content(Warehouse(connection), *MADE)
            assert sum(before[name] != after[name] for name in before) == 1, change
            before = after


def test_the_order_of_the_rows_changes_nothing(fixture_build, loaded, rebuilt):
    with duckdb.connect(str(loaded)) as connection:
        for table in TABLES:
            name = f"raw.raw_{table.replace('.', '__')}"
            connection.execute(
                f"create or replace table {name} as from {name} as entry"
                " order by md5(cast(entry as varchar))"
            )
    assert rebuilt(2) == content(fixture_build, *MADE)


#: how many days one after the other; the list of faults asks for thirty
DAILY_BUILDS = int(os.environ.get("DAILY_BUILDS", "2"))


def test_past_days_built_one_after_the_other_are_what_each_days_build_is(project_on_seeds, loaded):
    """F45: in one warehouse, from the newest day back; the reference knows each day by itself."""
    rows = fixture_rows()
    last = datetime.date.fromisoformat(FIXTURE_SETTINGS["as_of_date"])
    for back in range(1, DAILY_BUILDS + 1):
        settings = {**FIXTURE_SETTINGS, "as_of_date": str(last - datetime.timedelta(days=back))}
        result = project_on_seeds.invoke("run", settings=settings, warehouse=loaded)
        assert result.success, result.exception
        with duckdb.connect(str(loaded)) as connection:
            assert differences_of_company(Warehouse(connection), rows, settings) == [], settings


# The clock --------------------------------------------------------------------------------------


class Later(datetime.datetime):
    """A clock that is ten years and half a day ahead."""

    AHEAD = datetime.timedelta(days=3653, hours=12)

    @classmethod
    def now(cls, tz=None):
        return datetime.datetime.now(tz) + cls.AHEAD

    @classmethod
    def utcnow(cls):
        return cls.now(datetime.timezone.utc).replace(tzinfo=None)

    @classmethod
    def today(cls):
        return cls.now()


class LaterDate(datetime.date):
    @classmethod
    def today(cls):
        return Later.now().date()


@contextmanager
def clock_ahead():
    """Every clock that SQL and macros can read through dbt is ahead."""
    ahead = SimpleNamespace(
        **{name: getattr(datetime, name) for name in ("time", "timedelta", "tzinfo", "timezone")},
        datetime=Later,
        date=LaterDate,
    )
    with ExitStack() as patches:
        patches.enter_context(mock.patch("dbt.tracking.datetime", Later))
        patches.enter_context(mock.patch("dbt.context.base.datetime", ahead))
        yield


def run_with_clock_ahead(arguments: list[str]) -> None:
    with clock_ahead():
        sys.exit(0 if dbtRunner().invoke(arguments).success else 1)


def test_another_day_on_a_machine_in_another_time_zone_changes_nothing(fixture_build, loaded):
    finished = subprocess.run(
        [
            *(sys.executable, "-c"),
            "import sys, test_determinism; test_determinism.run_with_clock_ahead(sys.argv[1:])",
            *("run", "--quiet", "--target-path", str(loaded.parent / "target")),
            *("--project-dir", str(ROOT), "--profiles-dir", str(ROOT)),
        ],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env={
            **os.environ,
            "PYTHONPATH": f"{Path(__file__).parent}:{ROOT}",
            "SALES_KPIS_DUCKDB_PATH": str(loaded),
            "TZ": "Pacific/Kiritimati",
        },
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    with duckdb.connect(str(loaded), read_only=True) as connection:
        assert content(Warehouse(connection), *MADE) == content(fixture_build, *MADE)


def compiled(project, *selection: str, settings: dict) -> dict[str, str]:
    """The SQL of the models, tests and analyses."""
    result = project.invoke("compile", *selection, settings=settings)
    assert result.success, result.exception
    return {
        item.node.unique_id: item.node.compiled_code
        for item in result.result.results
        if item.node.resource_type in ("model", "test", "analysis")
    }


@pytest.fixture(scope="module")
def sql_of_today(project_on_seeds) -> dict[str, str]:
    return compiled(project_on_seeds, settings=FIXTURE_SETTINGS)


def test_the_sql_is_the_same_on_another_day_once_as_of_date_is_given(
    sql_of_today, project_on_seeds
):
    with clock_ahead():
        assert compiled(project_on_seeds, settings=FIXTURE_SETTINGS) == sql_of_today
    assert len(sql_of_today) > 200


def test_the_clock_ahead_is_what_macros_read(project_on_files):
    """Else the same SQL on another day proves nothing."""
    chosen = {"input_dir": "extracts"}
    today = compiled(project_on_files, "-s", "dim_periods", settings=chosen)
    with clock_ahead():
        assert compiled(project_on_files, "-s", "dim_periods", settings=chosen) != today


def asks_for_more_than_its_rows() -> re.Pattern:
    """A call whose answer depends on the moment, the session or chance, or a keyword for one."""
    functions = duckdb.execute(
        "select distinct regexp_escape(function_name) from duckdb_functions()"
        " where stability in ('VOLATILE', 'CONSISTENT_WITHIN_QUERY')"
    ).fetchall()
    calls = "|".join(["ago", "age", *(name for (name,) in functions)])
    return re.compile(rf"\b(({calls})\s*\(|(current_|local)(date|time)\w*)", re.IGNORECASE)


def test_no_statement_asks_for_the_time_the_session_or_chance(sql_of_today):
    pattern = asks_for_more_than_its_rows()
    assert {name for name, sql in sql_of_today.items() if pattern.search(sql)} == set()


@pytest.mark.parametrize(
    "sql", ["now()", "CURRENT_DATE", "localtimestamp - x", "today ()", "get_current_timestamp()",
            "random()", "uuid()", "current_setting('TimeZone')", "age(day)"],
)  # fmt: skip
def test_a_statement_that_does_is_found(sql):
    assert asks_for_more_than_its_rows().search(f"select {sql} as some")
