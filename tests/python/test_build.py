"""The whole build seen from outside: what a user gets from the seeds, from files and from a schema."""

import csv
import random
import shutil
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from conftest import FIXTURE_SETTINGS, ROOT, dbt_here
from engine import Warehouse
from extracts import (
    ACCEPTANCE,
    ACCEPTANCE_SETTINGS,
    OTHER_SETTINGS,
    SEEDS,
    read_extract,
    seed_rows,
    write_extract,
)
from test_determinism import content
from tests.python.comparison import differences
from tests.python.reference import TABLES

def facts_and_kpis(run) -> dict[str, str]:
    """The hashes of the marts that accepted rows alone decide."""
    return {
        name: hashed
        for name, hashed in content(run).items()
        if name.startswith(("marts.kpi_", "marts.fct_"))
    }


def test_the_fixture_agrees_with_the_reference(fixture_build):
    assert differences(fixture_build, SEEDS, FIXTURE_SETTINGS) == []


@pytest.mark.skipif(
    not ACCEPTANCE.exists(), reason="the acceptance data is not beside the checkout"
)
def test_the_acceptance_data_agree_with_the_reference(engine_of):
    built = engine_of(ACCEPTANCE_SETTINGS).build(read_extract(ACCEPTANCE))
    assert differences(built, ACCEPTANCE, ACCEPTANCE_SETTINGS) == []


def test_every_reason_for_rejection_occurs_in_the_fixture(fixture_build):
    reasons = {
        reason
        for (reasons,) in fixture_build.query("select distinct reasons from marts.rejected_rows")
        for reason in reasons.split(",")
    }
    required = {
        f"missing_{column.name}"
        for columns in TABLES.values()
        for column in columns
        if column.required
    }
    typed = {
        f"invalid_{column.name}"
        for columns in TABLES.values()
        for column in columns
        if column.kind in ("code", "date", "stamp", "number")
    }
    rules = {
        "missing_disqualified_at",
        "missing_closed_at",
        "missing_cancelled_on",
        "missing_end_date",
        "missing_paid_on",
        "end_before_start",
        "negative_total_value",
        "negative_one_time_fees",
        "one_time_fees_exceed_total",
        "non_positive_rate",
        "no_such_period",
        "no_exchange_rate",
        "duplicate_key",
    }
    assert (required | typed | rules) - reasons == set()


def test_files_in_any_order_with_other_settings(tmp_path):
    """Columns reversed, rows shuffled, an extra column, a byte-order mark, CRLF: the same answers by name."""
    shuffle = random.Random(7).shuffle
    for table in TABLES:
        header, rows = seed_rows(table)
        shuffle(rows)
        write_extract(
            tmp_path / "in",
            table,
            [*reversed(header), "Notlar, ek"],
            [[*reversed(row), "x"] for row in rows],
            encoding="utf-8-sig",
            lineterminator="\r\n",
        )
    settings = {**OTHER_SETTINGS, "input_dir": str(tmp_path / "in")}
    run = dbt_here(tmp_path, "build", settings=settings)
    assert run.code == 0, run.output
    assert differences(run, tmp_path / "in", settings) == []
    assert "as_expected" not in run.output, "tests of the fixture must switch themselves off"


@pytest.mark.parametrize("format_", ["csv", "parquet"])
def test_tables_in_parts_give_the_same_answers(format_, fixture_build, tmp_path, project_on_files):
    """Each table cut at random rows into a file or into up to five parts, some without a row."""
    chance = random.Random(11)
    for table in TABLES:
        header, rows = seed_rows(table)
        cuts = sorted(chance.choices(range(len(rows) + 1), k=chance.randint(1, 4)))
        for number, (start, end) in enumerate(zip([0, *cuts], [*cuts, len(rows)])):
            part = write_extract(tmp_path / "in", f"{table}.{number}", header, rows[start:end])
            if format_ == "parquet":
                duckdb.execute(
                    f"copy (from read_csv('{part}', all_varchar = true, header = true)) "
                    f"to '{part.with_suffix('.parquet')}'"
                )
                part.unlink()
    warehouse = tmp_path / "sales_kpis.duckdb"
    settings = {**FIXTURE_SETTINGS, "input_dir": str(tmp_path / "in"), "input_format": format_}
    result = project_on_files.invoke("run", settings=settings, warehouse=warehouse)
    assert result.success, result.exception
    with duckdb.connect(str(warehouse)) as connection:
        assert facts_and_kpis(Warehouse(connection)) == facts_and_kpis(fixture_build)


@pytest.fixture(scope="session")
def typed_tables(fixture_build, tmp_path_factory) -> Path:
    """The rows of the seeds that were accepted, in a database, every column in its own type."""
    path = tmp_path_factory.mktemp("typed") / "typed.duckdb"
    shutil.copy(fixture_build.warehouse, path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema extracts")
        for table, columns in TABLES.items():
            name = table.replace(".", "__")
            connection.execute(
                f"create table extracts.{table.replace('.', '_')} as "
                f"select {', '.join(column.name for column in columns)} from staging.stg_{name}"
            )
            # whole numbers and instants with a zone are types that warehouses have, too
            if table == "crm.leads":
                connection.execute(
                    "alter table extracts.crm_leads alter created_at type timestamptz "
                    "using timezone('UTC', created_at)"
                )
            if table == "crm.invoices":
                connection.execute("alter table extracts.crm_invoices alter amount type double")
                connection.execute(
                    "alter table extracts.crm_invoices alter issued_on type timestamp"
                )
    return path


def test_typed_tables_of_a_schema_give_the_same_answers(typed_tables, fixture_build, tmp_path):
    shutil.copy(typed_tables, tmp_path / "sales_kpis.duckdb")
    run = dbt_here(tmp_path, "run", settings={**FIXTURE_SETTINGS, "input_schema": "extracts"})
    assert run.code == 0, run.output
    assert facts_and_kpis(run) == facts_and_kpis(fixture_build)
    assert run.query("select count(*) from marts.rejected_rows") == [(0,)]


@pytest.mark.parametrize("kind", ["typed", "text"])
def test_parquet_gives_the_same_answers(kind, typed_tables, fixture_build, tmp_path):
    with duckdb.connect(str(typed_tables), read_only=True) as connection:
        for table in TABLES:
            path = tmp_path / "in" / f"{table.replace('.', '/')}.parquet"
            path.parent.mkdir(parents=True, exist_ok=True)
            source = (
                f"extracts.{table.replace('.', '_')}"
                if kind == "typed"
                else f"raw.raw_{table.replace('.', '__')}"
            )
            connection.execute(f"copy {source} to '{path}' (format parquet)")
    run = dbt_here(
        tmp_path,
        "run",
        settings={
            **FIXTURE_SETTINGS,
            "input_dir": str(tmp_path / "in"),
            "input_format": "parquet",
        },
    )
    assert run.code == 0, run.output
    assert facts_and_kpis(run) == facts_and_kpis(fixture_build)


def test_extracts_without_a_row_give_every_period_and_a_warning(tmp_path):
    """A company on its first day: counts are 0, rates are null, and the build says that nothing came."""
    for table in TABLES:
        write_extract(tmp_path / "in", table, seed_rows(table)[0], [])
    settings = {"input_dir": str(tmp_path / "in"), "as_of_date": "2026-02-10"}
    run = dbt_here(tmp_path, "build", settings=settings)
    assert run.code == 0, run.output
    assert "assert_every_input_has_rows" in run.output and "WARN=1" in run.output
    assert differences(run, tmp_path / "in", settings) == []


def test_as_of_date_of_a_user_is_the_day_of_the_run_in_business_time(tmp_path):
    for table in TABLES:
        write_extract(tmp_path / "in", table, seed_rows(table)[0], [])
    run = dbt_here(
        tmp_path,
        "run",
        "--select",
        "dim_calendar",
        "dim_periods",
        settings={
            "input_dir": str(tmp_path / "in"),
            "business_timezone": "Pacific/Kiritimati",
        },
    )
    assert run.code == 0, run.output
    ((last_cutoff, first_year),) = run.query(
        "select max(cutoff), min(period_start) filter (where period_grain = 'year') from marts.dim_periods"
    )
    ((today,),) = duckdb.sql(
        "select cast(timezone('Pacific/Kiritimati', now()) as date)"
    ).fetchall()
    assert last_cutoff == today
    assert (first_year.year, first_year.month, first_year.day) == (today.year - 2, 1, 1)


def test_personal_data_stays_in_staging(fixture_build):
    columns = fixture_build.query(
        "select table_name, column_name from information_schema.columns where table_schema = 'marts'"
    )
    private = {
        "full_name",
        "email",
        "phone",
        "contact_name",
        "company_name",
        "annual_salary",
        "account_name",
    }
    assert [row for row in columns if row[1] in private] == []


def test_the_calendar_has_every_day_from_1900_to_2100(engine_of):
    """The longest calendar that the settings allow, beyond what a unit test's rows can show."""
    engine = engine_of({"as_of_date": "2100-12-31", "reporting_start_date": "1900-01-01"})
    (sql,) = [sql for name, sql in engine.selects if name.endswith('"dim_calendar"')]
    days = duckdb.sql(f"select date_day from ({sql}) order by date_day").fetchall()
    first = date(1900, 1, 1)
    assert days == [(first + timedelta(number),) for number in range(73_414)]
