"""Say which version readers see and which are kept, or go back one with --rollback."""

import argparse
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import duckdb
import psycopg2

from .locking import Refused, lock
from .project import Settings, published_folder, target_folder, warehouse_path
from .publication import Version, publication_of
from .published_files import PublishedFiles
from .published_schema import PublishedSchema, connected

#: An input with fewer rows than this share of those last published holds the publication.
SMALLEST_SHARE = 0.5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rollback", action="store_true", help="show readers the version before")


def run(options: argparse.Namespace) -> int:
    """Print the versions; 1 where there is none to show, or none to go back to."""
    try:
        place = place_of(Settings.of(options).target)
        if options.rollback:
            with lock(Settings.of(options).target):
                print(f"Readers see {place.roll_back()} again.")
                write_page_beside(place)
        elif current := place.current():
            print(f"Readers see {current}.")
            for version in place.earlier():
                print(f"Kept: {version}.")
        else:
            raise LookupError("nothing is published")
    except (LookupError, Refused, duckdb.Error, psycopg2.Error) as error:
        print(error)
        return 1
    return 0


def place_of(target: str) -> PublishedFiles | PublishedSchema:
    """Where a target's marts are published. Raises Refused for Spark, where readers read the marts."""
    if target == "duckdb":
        return PublishedFiles(published_folder())
    if target == "postgres":
        return PublishedSchema()
    raise Refused(f"The target {target} publishes nothing: its readers read the schema marts.")


def seen_by_readers(place: PublishedFiles | PublishedSchema) -> str:
    """A sentence on what readers see now."""
    try:
        current = place.current()
    except place.Error as error:
        return f"What readers see cannot be told: {error}"
    return f"Readers still see {current}." if current else "Nothing is published yet."


def guard_volume(target: str, raw_rows: dict[str, int], accept_fewer_rows: bool) -> None:
    """Raises Refused where an input has lost more than half of the rows that were last published, or
    where it cannot be told what was.
    """
    if accept_fewer_rows:
        return
    place = place_of(target)
    try:
        current = place.current()
    except place.Error as error:
        earlier = place.earlier()
        if not earlier:
            raise Refused(
                f"What is published cannot be read, and so not whether an input has lost rows: {error};"
                " --accept-fewer-rows (make build ACCEPT_FEWER_ROWS=1) goes on."
            ) from error
        current = earlier[0]
    if current is None:
        return
    for table, rows in raw_rows.items():
        before = current.raw_rows.get(table, 0)
        if rows < SMALLEST_SHARE * before:
            raise Refused(
                f"Input {table} has {rows:,} rows, {before:,} were published last;"
                " if that is right, --accept-fewer-rows (make build ACCEPT_FEWER_ROWS=1) goes on."
            )


def publish(target: str, hashes: dict[str, str], accept_fewer_rows: bool) -> Version:
    """Publish the marts that have just been built and tested.

    hashes: SHA-256 of each input's files. Raises Refused, and then readers see what they saw before.
    """
    place = place_of(target)
    manifest = json.loads((target_folder() / "manifest.json").read_text(encoding="utf-8"))
    with warehouse_query(target) as query:
        publication = publication_of(manifest, query, hashes)
    guard_volume(target, publication.version.raw_rows, accept_fewer_rows)
    try:
        place.publish(publication)
    except (OSError, duckdb.Error, place.Error) as error:
        raise Refused(f"The publication failed: {error}") from error
    if publication.has_page:
        write_page_beside(place)
    return publication.version


def write_page_beside(place: PublishedFiles | PublishedSchema) -> None:
    """The page of a version that is no file: written after it, and a page that fails takes nothing back."""
    if isinstance(place, PublishedSchema):
        try:
            place.write_page()
        except (OSError, LookupError, psycopg2.Error) as error:
            print(f"The version is published; its page is not written, and an old one may still be there: {error}")


@contextmanager
def warehouse_query(target: str) -> Iterator[Callable[[str], list[tuple]]]:
    """A function that runs SQL on the built warehouse."""
    if target == "duckdb":
        with duckdb.connect(str(warehouse_path()), read_only=True) as connection:
            yield lambda sql: connection.execute(sql).fetchall()
    else:
        with connected() as cursor:

            def query(sql: str) -> list[tuple]:
                cursor.execute(sql)
                return cursor.fetchall()

            yield query
