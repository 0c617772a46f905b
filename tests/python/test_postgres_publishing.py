"""PostgreSQL: readers see one complete version, and may do nothing else than read it."""

import os
import signal
import subprocess
import sys
import threading
import time

import psycopg2
import pytest

from conftest import ROOT
from publications import TABLES, publication, run_number
from sales_kpis.published_schema import KEPT, PublishedSchema, build_lock
from test_postgres import connection, server  # noqa: F401


@pytest.fixture
def database(server, connection, monkeypatch):  # noqa: F811
    """The warehouse without anything published, and PG… variables that find it."""
    for name, value in server.items():
        monkeypatch.setenv(name, value)
    with connection.cursor() as cursor:
        cursor.execute("drop schema if exists published, published_data, marts cascade; create schema marts")
    return connection


def query(database, sql):
    with database.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else None


def make_marts(database, run, rows=1000, extra=""):
    for table in TABLES:
        query(
            database,
            f"drop table if exists marts.{table}; create table marts.{table} as"
            f" select {run} as run, i, repeat('x', 100) as filling {extra} from generate_series(1, {rows}) as t (i)",
        )


def publish(database, run, **options):
    make_marts(database, run, **options)
    PublishedSchema().publish(publication(run))


ALL_RUNS = " union ".join(
    [f"select run from published.{table}" for table in TABLES]
    + ["select cast(right(run_id, 8) as integer) from published.published_run"]
)


def runs_seen(database):
    return {run for (run,) in query(database, ALL_RUNS)}


def test_a_publication_is_what_readers_see(database):
    assert PublishedSchema().current() is None
    for run in range(1, KEPT + 3):
        publish(database, run)
        assert runs_seen(database) == {run}
        assert query(database, "select count(*) from published.kpi_one") == [(1000,)]
    kept = query(database, "select count(distinct published_in) from published_data.kpi_two")
    assert kept == [(KEPT,)]
    current = PublishedSchema().current()
    assert (run_number(current.run_id), current.raw_rows) == (KEPT + 2, {"crm.leads": 100})
    assert [run_number(version.run_id) for version in PublishedSchema().earlier()] == list(range(KEPT + 1, 2, -1))


def test_a_rollback_goes_back_one_and_what_it_left_is_not_returned_to(database):
    for run in (1, 2, 3):
        publish(database, run)
    PublishedSchema().roll_back()
    assert runs_seen(database) == {2}
    publish(database, 4)
    for expected in (2, 1):
        PublishedSchema().roll_back()
        assert runs_seen(database) == {expected}
    with pytest.raises(LookupError):
        PublishedSchema().roll_back()


def test_a_second_builder_of_the_database_is_told_who_builds(database):
    """From another machine, or with another target folder, where the lock of the project does not reach."""
    with build_lock("the first, process 1") as holder:
        assert holder is None
        with build_lock("the second") as holder:
            assert holder.startswith("the first, process 1 since 20")
    with build_lock("the second") as holder:
        assert holder is None


def test_a_publication_is_of_one_moment_whatever_is_built_meanwhile(database):
    """A builder that holds no lock, plain dbt, changes the marts while they are read."""
    publish(database, 1)
    make_marts(database, 2)
    changed = threading.Event()

    class Changing(PublishedSchema):
        def _prepare(self, cursor, columns_of):
            super()._prepare(cursor, columns_of)
            query(database, "update marts.kpi_two set run = 3")
            changed.set()

    Changing().publish(publication(2))
    assert changed.is_set() and runs_seen(database) == {2}


def test_a_table_with_other_columns_makes_all_anew(database):
    publish(database, 1)
    publish(database, 2, extra=", 1 as one_more")
    assert runs_seen(database) == {2}
    assert query(database, "select distinct one_more from published.kpi_one") == [(1,)]
    assert PublishedSchema().earlier() == []


def test_readers_across_publications_see_no_error_and_no_mixture(database, server):  # noqa: F811
    publish(database, 1)
    seen, errors, done = [], [], threading.Event()

    def read():
        with psycopg2.connect(dbname=server["PGDATABASE"]) as reader:
            reader.autocommit = True
            while not done.is_set():
                try:
                    seen.append(runs_seen(reader))
                except psycopg2.Error as error:
                    errors.append(error)
                time.sleep(0.02)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for run in range(2, 22):
        publish(database, run)
    done.set()
    for reader in readers:
        reader.join()
    assert errors == []
    assert [runs for runs in seen if len(runs) != 1] == []
    assert len(set.union(*seen)) > 10


PUBLISH = """
from publications import publication
from sales_kpis.published_schema import PublishedSchema
print("begins", flush=True)
PublishedSchema().publish(publication(2))
"""


@pytest.mark.parametrize("what", ["the program", "the server's process"])
def test_a_publication_that_is_cut_off_leaves_the_old_version(what, database):
    publish(database, 1)
    # enough rows that it takes a while
    make_marts(database, 2, rows=300_000)
    process = subprocess.Popen(
        [sys.executable, "-c", PUBLISH],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests' / 'python'}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "begins\n"
    inserting = "select pid from pg_stat_activity where query like 'insert into \"published_data\"%'"
    while not (pids := query(database, inserting)):
        assert process.poll() is None
    if what == "the program":
        process.send_signal(signal.SIGKILL)
    else:
        query(database, f"select pg_terminate_backend({pids[0][0]})")
    _, errors = process.communicate()
    assert process.returncode != 0 and ("terminat" in errors or what == "the program")
    assert runs_seen(database) == {1}
    PublishedSchema().publish(publication(2))
    assert runs_seen(database) == {2}


@pytest.fixture
def reader(database, server, monkeypatch):  # noqa: F811
    """A connection of somebody who has the reader's role, to what one with the builder's has published."""
    roles = (ROOT / "sales_kpis" / "postgres_roles.sql").read_text(encoding="utf-8")
    for _ in range(2):
        query(database, roles)
    query(
        database,
        "drop role if exists a_builder, a_reader;"
        "create role a_builder login in role sales_kpis_builder;"
        "create role a_reader login in role sales_kpis_reader;"
        "alter schema marts owner to sales_kpis_builder; set role sales_kpis_builder",
    )
    make_marts(database, 1)
    query(database, "create table marts.rejected_rows as select 'Ada' as raw_row; reset role")
    monkeypatch.setenv("PGUSER", "a_builder")
    PublishedSchema().publish(publication(1))
    with psycopg2.connect(dbname=server["PGDATABASE"], user="a_reader") as connection:
        connection.autocommit = True
        yield connection
    query(database, "drop schema published, published_data, marts cascade")


def test_a_reader_reads_what_is_published(reader):
    assert runs_seen(reader) == {1}


@pytest.mark.parametrize(
    "forbidden",
    [
        "select * from marts.rejected_rows",
        "select * from marts.kpi_one",
        "select * from published_data.kpi_one",
        "insert into published.published_run select * from published.published_run",
        "update published.kpi_one set run = 2",
        "delete from published.kpi_one",
        "drop view published.kpi_one",
        "create table published.mine as select 1 as i",
        "create table public.mine as select 1 as i",
        "create temporary table mine as select 1 as i",
        "create schema mine",
        "copy (select 1) to '/tmp/stolen'",
        "copy (select 1) to program 'cat'",
        "select pg_read_file('/etc/passwd')",
        "select lo_create(0)",
        "set role sales_kpis_builder",
    ],
)
def test_a_reader_can_do_nothing_else(forbidden, reader):
    query(reader, "set default_transaction_read_only = off")
    with pytest.raises((psycopg2.errors.InsufficientPrivilege, psycopg2.errors.ObjectNotInPrerequisiteState)):
        query(reader, forbidden)
