"""PostgreSQL gives what DuckDB gives: every row of every mart, every accepted and every rejected row."""

import csv
import io
import os
from collections import Counter
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

import psycopg2
import pytest

from conftest import FIXTURE_SETTINGS, dbt_here
from engines import SCENARIOS, column_names, differences_between, fixture_rows, type_of
from extracts import Rows, write_extract_of
from metrics_layer import FISCAL_CALENDAR, GROUP_BYS, POSTGRES, Metrics
from native_exports import Objects, hr_traps, loaders_name, salesforce, workday, write_objects
from postgres_server import NoServer, postgres_server
from tests.python.reference import TABLES

COLUMNS = """
    select n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
    from pg_attribute as a
    inner join pg_class as c on a.attrelid = c.oid
    inner join pg_namespace as n on c.relnamespace = n.oid
    where (n.nspname in ('marts', 'publication') or n.nspname = 'staging' and c.relname like 'stg_%')
        and a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'v')
    order by n.nspname, c.relname, a.attnum
"""


@pytest.fixture(scope="module")
def server():
    """The environment of a server that runs as long as the tests of this module."""
    try:
        with postgres_server() as environment:
            yield environment
    except NoServer as error:
        # a newcomer's `make test` goes on without it; CI and `make test-postgres` must not
        if os.environ.get("REQUIRE_POSTGRES"):
            pytest.fail(str(error), pytrace=False)
        pytest.skip(str(error))


@pytest.fixture
def connection(server):
    connection = psycopg2.connect(
        host=server["PGHOST"],
        port=server["PGPORT"],
        user=server["PGUSER"],
        dbname=server["PGDATABASE"],
    )
    connection.autocommit = True
    yield connection
    connection.close()


def load(connection, tables: Rows, schema: str = "extracts") -> None:
    """The tables into a schema, all columns text."""
    with connection.cursor() as cursor:
        cursor.execute(f"drop schema if exists {schema} cascade; create schema {schema}")
        for table, rows in tables.items():
            name = f"{schema}.{table.replace('.', '_')}"
            columns = column_names(table, rows)
            cursor.execute(f"create table {name} ({', '.join(f'{column} text' for column in columns)})")
            text = io.StringIO()
            csv.writer(text).writerows([row[column] for column in columns] for row in rows)
            text.seek(0)
            cursor.copy_expert(f"copy {name} from stdin with (format csv)", text)


def landed(objects: Objects) -> Objects:
    """A system's objects with the names that a loader gives them."""
    return {
        loaders_name(name): [{loaders_name(column): text or None for column, text in row.items()} for row in rows]
        for name, rows in objects.items()
    }


def query_on(connection) -> Callable[[str], list[tuple]]:
    """SQL -> its rows."""

    def query(sql: str) -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    return query


def relations_of(query: Callable[[str], list[tuple]]) -> dict[str, list[tuple[str, str]]]:
    """'marts.kpi_…' -> its columns, each with its type."""
    relations: dict[str, list] = {}
    for schema, table, column, data_type in query(COLUMNS):
        relations.setdefault(f"{schema}.{table}", []).append((column, type_of(data_type)))
    return relations


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_same_as_on_duckdb(scenario, server, connection, tmp_path):
    tables = scenario.tables()
    folder = write_extract_of(tables, tmp_path / "in")
    on_duckdb = dbt_here(
        tmp_path / "duckdb", "run", settings={**scenario.settings, "input_dir": str(folder)}
    )
    assert on_duckdb.code == 0, on_duckdb.output
    load(connection, tables)
    on_postgres = dbt_here(
        tmp_path / "postgres",
        scenario.command,
        target="postgres",
        settings={**scenario.settings, "input_schema": "extracts"},
        **server,
    )
    assert on_postgres.code == 0, on_postgres.output
    query = query_on(connection)
    found = differences_between(on_duckdb, relations_of(query), query)
    assert not found, "\n".join(found)
    if scenario.tables is not fixture_rows:
        # the company of texts has too little for every metric
        return
    metrics = Metrics(tmp_path / "postgres" / "target", POSTGRES)
    found = [
        difference
        for kpi in GROUP_BYS
        for difference in metrics.differences(query, kpi, FISCAL_CALENDAR)
    ]
    assert not found, "\n".join(found)


def test_exports_of_other_systems_give_the_same_as_on_duckdb(server, connection, tmp_path):
    """Salesforce and Workday as a loader lands them, each in a schema of its own."""
    tables = fixture_rows()
    exports = {"salesforce": salesforce.export(tables), "workday": workday.landed(tables)}
    folder = write_extract_of(tables, tmp_path / "in")
    settings = {**FIXTURE_SETTINGS, **salesforce.SETTINGS, "hr_source": "workday"}
    for source, objects in exports.items():
        write_objects(objects, folder / source)
        load(connection, landed(objects), source)
    load(connection, {table: rows for table, rows in tables.items() if table.startswith("reference.")})
    # the tests of single columns have been run on the fixture
    command = ("build", "--exclude", "test_type:generic")
    on_duckdb = dbt_here(tmp_path / "duckdb", *command, settings={**settings, "input_dir": str(folder)})
    assert on_duckdb.code == 0, on_duckdb.output
    on_postgres = dbt_here(
        tmp_path / "postgres", *command, target="postgres",
        settings={**settings, "input_schema": "extracts", "crm_schema": "salesforce", "hr_schema": "workday"},
        **server,
    )  # fmt: skip
    assert on_postgres.code == 0, on_postgres.output
    query = query_on(connection)
    found = differences_between(on_duckdb, relations_of(query), query)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("source", hr_traps.COMPANIES)
def test_hr_mappings_give_the_same_as_on_duckdb(source, server, connection, tmp_path):
    objects = hr_traps.COMPANIES[source]
    write_objects(objects, tmp_path / "in" / source)
    load(connection, landed(objects), source)
    selection = ("--select", source, f"input.{source}")
    on_duckdb = dbt_here(
        tmp_path / "duckdb", "build", *selection,
        settings={**hr_traps.settings_of(source), "input_dir": str(tmp_path / "in")},
    )  # fmt: skip
    assert on_duckdb.code == 0, on_duckdb.output
    on_postgres = dbt_here(
        tmp_path / "postgres", "build", *selection, target="postgres",
        settings={**hr_traps.settings_of(source), "hr_schema": source},
        **server,
    )  # fmt: skip
    assert on_postgres.code == 0, on_postgres.output
    for table in ("employees", "job_assignments"):
        sql = f"select * from input.{source}__{table}"
        assert Counter(query_on(connection)(sql)) == Counter(on_duckdb.query(sql))


#: no numbers, or with more digits before the point than an amount may have
NO_NUMBERS = ["1e15", "3e25", "3e26", "3e38", "Infinity", "-Infinity", "NaN"]


@pytest.mark.parametrize(
    "data_type, numbers, table, column, others",
    [
        (
            "real",
            ["0", "0.1", "250000.75", "16777217", "1e-7", "1.5e-7", "-3.3333333", "1.2345679e14"],
            "hr.employees",
            "annual_salary",
            {"hire_date": "2024-01-01"},
        ),
        (
            "double precision",
            [
                "0", "0.1", "0.30000000000000004", "12345678901234.56", "-12345678901234.56",
                "123456789012345.67", "900719925474099.3", "1e-7", "1.5e-7", "1.234567890123e-5", "1e14",
            ],
            "crm.opportunities",
            "amount",
            {"opportunity_type": "renewal", "stage": "discovery", "created_at": "2024-01-01"},
        ),
    ],
)  # fmt: skip
def test_numbers_of_typed_tables_keep_every_digit(
    data_type, numbers, table, column, others, server, connection, tmp_path
):
    """PostgreSQL prints the shortest text that is this number: that is the amount, to twelve decimals."""
    load(connection, {name: [] for name in TABLES})
    loaded, staged = f"extracts.{table.replace('.', '_')}", table.replace(".", "__")
    key = TABLES[table][0].name
    with connection.cursor() as cursor:
        cursor.execute(f"alter table {loaded} alter {column} type {data_type} using null")
        for number in numbers + NO_NUMBERS:
            row = {key: number, column: number, **others}
            places = ", ".join(["%s"] * len(row))
            cursor.execute(f"insert into {loaded} ({', '.join(row)}) values ({places})", [*row.values()])
        run = dbt_here(
            tmp_path, "run", "-s", f"+stg_{staged}", target="postgres",
            settings={"as_of_date": "2026-11-15", "input_schema": "extracts"},
            **server,
        )  # fmt: skip
        assert run.code == 0, run.output

        def pairs(sql: str) -> dict:
            cursor.execute(sql)
            return dict(cursor.fetchall())

        printed = pairs(f"select {key}, cast({column} as text) from {loaded}")
        assert pairs(f"select {key}, {column} from staging.stg_{staged}") == {
            number: Decimal(printed[number]).quantize(Decimal("1e-12"), ROUND_HALF_UP) for number in numbers
        }
        assert pairs(
            f"select {key}, reject_reasons from staging.base_{staged} where reject_reasons is not null"
        ) == dict.fromkeys(NO_NUMBERS, f"invalid_{column}")
