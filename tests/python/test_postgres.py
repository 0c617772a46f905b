"""PostgreSQL gives what DuckDB gives: every row of every mart, every accepted and every rejected row."""

import csv
import io
import os

import psycopg2
import pytest

from awkward_texts import awkward_company
from conftest import FIXTURE_SETTINGS, ROOT, dbt
from engines import (
    Rows,
    column_names,
    differences_between,
    read_extract,
    type_of,
    write_extract_of,
)
from postgres_server import NoServer, postgres_server
from test_build import OTHER_SETTINGS, seed_rows
from tests.python.reference import TABLES

ACCEPTANCE = ROOT.parent / "shared" / "acceptance" / "input"
ACCEPTANCE_SETTINGS = {"as_of_date": "2025-11-17", "reporting_start_date": "2022-01-01"}

COLUMNS = """
    select n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
    from pg_attribute as a
    inner join pg_class as c on a.attrelid = c.oid
    inner join pg_namespace as n on c.relnamespace = n.oid
    where (n.nspname = 'marts' or n.nspname = 'staging' and c.relname like 'stg_%')
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


def load(connection, tables: Rows) -> None:
    """The tables into the schema `extracts`, all columns text."""
    with connection.cursor() as cursor:
        cursor.execute("drop schema if exists extracts cascade; create schema extracts")
        for table, rows in tables.items():
            name = f"extracts.{table.replace('.', '_')}"
            columns = column_names(table, rows)
            cursor.execute(f"create table {name} ({', '.join(f'{column} text' for column in columns)})")
            text = io.StringIO()
            csv.writer(text).writerows([row[column] for column in columns] for row in rows)
            text.seek(0)
            cursor.copy_expert(f"copy {name} from stdin with (format csv)", text)


@pytest.fixture
def same_on_both(server, connection, tmp_path):
    """A function that builds the same tables on both engines; what they made must be the same."""

    def compare(tables: Rows, settings: dict, command: str = "build") -> None:
        folder = write_extract_of(tables, tmp_path / "in")
        on_duckdb = dbt(tmp_path / "duckdb", "run", settings={**settings, "input_dir": str(folder)})
        assert on_duckdb.code == 0, on_duckdb.output
        load(connection, tables)
        on_postgres = dbt(
            tmp_path / "postgres",
            command,
            "--target",
            "postgres",
            settings={**settings, "input_schema": "extracts"},
            **server,
        )
        assert on_postgres.code == 0, on_postgres.output

        def query(sql: str) -> list[tuple]:
            with connection.cursor() as cursor:
                cursor.execute(sql)
                return cursor.fetchall()

        relations: dict[str, list] = {}
        for schema, table, column, data_type in query(COLUMNS):
            relations.setdefault(f"{schema}.{table}", []).append((column, type_of(data_type)))
        found = differences_between(on_duckdb, relations, query)
        assert not found, "\n".join(found)

    return compare


def fixture() -> Rows:
    tables = {}
    for table in TABLES:
        header, rows = seed_rows(table)
        tables[table] = [dict(zip(header, (text or None for text in row))) for row in rows]
    return tables


def test_the_fixture(same_on_both):
    same_on_both(fixture(), FIXTURE_SETTINGS)


def test_the_fixture_with_no_setting_at_its_default(same_on_both):
    same_on_both(fixture(), OTHER_SETTINGS)


def test_texts_that_engines_read_in_different_ways(same_on_both):
    settings = {"as_of_date": "2026-06-30", "reporting_start_date": "2025-01-01"}
    same_on_both(awkward_company(), settings, "run")


@pytest.mark.skipif(not ACCEPTANCE.exists(), reason="the acceptance data is not beside the checkout")
def test_the_acceptance_data(same_on_both):
    same_on_both(read_extract(ACCEPTANCE), ACCEPTANCE_SETTINGS)
