"""What readers see on PostgreSQL: views of the schema `published`, all of one version.

The versions' rows lie side by side in the tables of the schema `published_data`, each with its run_id; a table
of one row says which run is current, and the views show that one. A publication is one transaction whose
last step moves the pointer: a statement sees the old version or the new one, and a server that goes
away in the middle leaves the old one. (Schemas renamed in a transaction are no such pointer: readers
then mixed two versions.)
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
from psycopg2 import sql

from .page import page
from .project import published_folder
from .publication import Publication, Version

KEPT = 7

#: Whoever publishes holds the first of these locks until that is done, whoever builds the second.
LOCK, BUILD_LOCK = 7_256_009, 7_256_010

DATA, VIEWS = "published_data", "published"

#: The role of postgres_roles.sql that may read the views, where there is one.
READER = "sales_kpis_reader"


@contextmanager
def connected() -> Iterator[psycopg2.extensions.cursor]:
    """One transaction on the database that the PG… variables of the environment name, as in profiles.yml."""
    connection = psycopg2.connect(
        host=os.environ.get("PGHOST", "localhost"),
        port=os.environ.get("PGPORT", "5432"),
        user=os.environ.get("PGUSER", "postgres"),
        password=os.environ.get("PGPASSWORD", ""),
        dbname=os.environ.get("PGDATABASE", "sales_kpis"),
    )
    try:
        with connection.cursor() as cursor:
            yield cursor
        connection.commit()
    finally:
        # what is not committed is undone
        connection.close()


@contextmanager
def build_lock(name: str) -> Iterator[str | None]:
    """Hold the database's lock of builds, under a name that others are told; gives the holder's name where
    another has it.
    """
    with connected() as cursor:
        cursor.connection.autocommit = True
        cursor.execute("select set_config('application_name', %s, false)", [name])
        cursor.execute("select pg_try_advisory_lock(%s)", [BUILD_LOCK])
        if cursor.fetchone() == (True,):
            yield None
            return
        cursor.execute(
            "select application_name, to_char(backend_start at time zone 'UTC', 'YYYY-MM-DD HH24:MI UTC')"
            " from pg_locks inner join pg_stat_activity using (pid)"
            " where locktype = 'advisory' and objid = %s and granted",
            [BUILD_LOCK],
        )
        holder = cursor.fetchone()
        yield " since ".join(holder) if holder else "one that has just ended"


class PublishedSchema:
    """The published schema of the warehouse's database."""

    Error = psycopg2.Error

    def current(self) -> Version | None:
        """The version that readers see."""
        with connected() as cursor:
            return self._version(cursor) if self._is_there(cursor) else None

    def earlier(self) -> list[Version]:
        """The kept versions from before the current one, the latest first."""
        with connected() as cursor:
            if not self._is_there(cursor):
                return []
            cursor.execute(
                f"select run_id from {DATA}.published_run where run_id < (select run_id from {DATA}.current_run)"
                " order by run_id desc"
            )
            return [self._version(cursor, run_id) for (run_id,) in cursor.fetchall()]

    def publish(self, publication: Publication) -> None:
        """Write a version and point to it; the oldest ones go.

        Raises psycopg2.Error, and then readers see what they saw before.
        """
        run_id = publication.version.run_id
        with connected() as cursor:
            cursor.execute("select pg_advisory_lock(%s)", [LOCK])
            cursor.connection.commit()
            # all tables as they are at one moment, whatever is built meanwhile; the lock goes with the connection
            cursor.execute("set transaction isolation level repeatable read")
            columns_of = {
                table.name: self._columns(cursor, table.schema, table.source) for table in publication.tables
            }
            for name, (declared, _) in publication.own_tables.items():
                columns_of[name] = [tuple(column.split(" ", 1)) for column in declared]
            self._prepare(cursor, columns_of)

            for table in publication.tables:
                names = sql.SQL(", ").join(sql.Identifier(name) for name, _ in columns_of[table.name])
                cursor.execute(
                    sql.SQL("insert into {} ({}, published_in) select {}, %s from {}").format(
                        sql.Identifier(DATA, table.name),
                        names,
                        names,
                        sql.Identifier(table.schema, table.source),
                    ),
                    [run_id],
                )
            for name, (columns, rows) in publication.own_tables.items():
                marks = sql.SQL(", ").join([sql.Placeholder()] * (len(columns) + 1))
                for row in rows:
                    cursor.execute(
                        sql.SQL("insert into {} values ({})").format(sql.Identifier(DATA, name), marks),
                        [*row, run_id],
                    )
            cursor.execute(f"update {DATA}.current_run set run_id = %s", [run_id])

    def write_page(self) -> Path:
        """Write the page of the current version beside the published files; the path.

        Raises LookupError where nothing is published.
        """
        if self.current() is None:
            raise LookupError("nothing is published")
        path = published_folder() / "sales_kpis_postgres.html"
        path.parent.mkdir(exist_ok=True)
        with connected() as cursor:
            # all of it from one version, whatever is published meanwhile
            cursor.execute("set transaction isolation level repeatable read")

            def query(text: str) -> tuple[list[str], list[tuple]]:
                cursor.execute(text)
                return [column.name for column in cursor.description], cursor.fetchall()

            new = path.with_name(f".{path.name}.new")
            new.write_text(page(query, VIEWS), encoding="utf-8")
        new.replace(path)
        return path

    def roll_back(self) -> Version:
        """Point to the version before the current one. Raises LookupError where there is none."""
        earlier = self.earlier()
        if not earlier:
            raise LookupError("there is no earlier version")
        with connected() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
            cursor.execute(f"update {DATA}.current_run set run_id = %s", [earlier[0].run_id])
        return earlier[0]

    def _is_there(self, cursor) -> bool:
        cursor.execute(f"select to_regclass('{DATA}.current_run') is not null")
        if cursor.fetchone() != (True,):
            return False
        cursor.execute(f"select count(*) from {DATA}.current_run")
        return cursor.fetchone() == (1,)

    def _version(self, cursor, run_id: str | None = None) -> Version:
        def query(text: str) -> list[tuple]:
            if run_id:
                text = text.replace(f"from {VIEWS}.", f"from {DATA}.") + " where published_in = %s"
            cursor.execute(text, [run_id])
            return cursor.fetchall()

        return Version.read(query, VIEWS)

    def _prepare(self, cursor, columns_of: dict[str, list[tuple[str, str]]]) -> None:
        """Tables and views for a new version; versions that were rolled back or are too old go.

        A table that is new, has other columns or is no longer published makes all anew: the earlier
        versions cannot be shown beside it, and may hold what must not stay.
        """
        shape = json.dumps(columns_of, sort_keys=True)
        if self._is_there(cursor):
            cursor.execute(f"select shape = %s from {DATA}.current_run", [shape])
            if cursor.fetchone() == (True,):
                self._remove_old_rows(cursor, list(columns_of))
                return
        cursor.execute(f"drop schema if exists {DATA} cascade")
        cursor.execute(f"create schema {DATA}")
        cursor.execute(f"create schema if not exists {VIEWS}")
        cursor.execute(f"create table {DATA}.current_run (run_id varchar(40) not null, shape text not null)")
        cursor.execute(f"insert into {DATA}.current_run values ('', %s)", [shape])
        for name, columns in columns_of.items():
            table = sql.Identifier(DATA, name)
            cursor.execute(
                sql.SQL("create table {} ({}, published_in varchar(40) not null)").format(
                    table,
                    sql.SQL(", ").join(sql.SQL("{} " + type_).format(sql.Identifier(column)) for column, type_ in columns),
                )
            )
            cursor.execute(sql.SQL("create index on {} (published_in)").format(table))
            cursor.execute(
                sql.SQL("create view {} as select {} from {} where published_in = (select run_id from {})").format(
                    sql.Identifier(VIEWS, name),
                    sql.SQL(", ").join(sql.Identifier(column) for column, _ in columns),
                    table,
                    sql.Identifier(DATA, "current_run"),
                )
            )

        cursor.execute("select 1 from pg_roles where rolname = %s", [READER])
        if cursor.fetchone():
            cursor.execute(f"grant select on all tables in schema {VIEWS} to {READER}")

    @staticmethod
    def _remove_old_rows(cursor, tables: list[str]) -> None:
        cursor.execute(
            f"select published_in from {DATA}.published_run, {DATA}.current_run"
            " where published_in <= current_run.run_id order by published_in desc limit %s",
            [KEPT - 1],
        )
        kept = [run_id for (run_id,) in cursor.fetchall()]
        for name in tables:
            cursor.execute(
                sql.SQL("delete from {} where not published_in = any(%s)").format(sql.Identifier(DATA, name)),
                [kept],
            )

    @staticmethod
    def _columns(cursor, schema: str, table: str) -> list[tuple[str, str]]:
        """The names and types of a table's columns, in their order."""
        cursor.execute(
            "select attname, format_type(atttypid, atttypmod) from pg_attribute"
            " where attrelid = to_regclass(%s) and attnum > 0 and not attisdropped order by attnum",
            [f'"{schema}"."{table}"'],
        )
        return cursor.fetchall()
