"""What readers see on DuckDB: a folder in which one symbolic link says which version is published.

    published/sales_kpis.duckdb -> current/sales_kpis.duckdb      the marts, in the schema `marts`
    published/parquet           -> current/parquet                the same tables as files
    published/sales_kpis.html   -> current/sales_kpis.html        the page of all KPIs
    published/exports           -> current/exports                what `exports` has made of this version
    published/current           -> versions/20261115T060000Z-1a2b3c4d
    published/versions/…                                          the last seven

A version is written into a folder of its own, flushed to the disk, and then put in place by renaming
a link over `current`: who opens the file before that sees the old version, after it the new one, and
who has it open goes on with what was opened. Whatever kills the process leaves one or the other.

Exports lie in the folder of their version, in the same way behind a link of its own: they appear
together, and go and come back with the version that they were made of. A version of which none have
been made shows none, rather than those of another.
"""

import fcntl
import os
import shutil
import uuid
from collections.abc import Callable
from pathlib import Path

import duckdb

from .page import page
from .project import warehouse_path
from .publication import Publication, Version

KEPT = 7

#: The newest form that clients of DuckDB 1.2 and later can open, Superset's and Node's among them.
STORAGE_VERSION = "v1.2.0"

FILE = "sales_kpis.duckdb"
PAGE = "sales_kpis.html"


class PublishedFiles:
    """The published folder. Only the holder of the build's lock may write into it."""

    Error = duckdb.Error

    def __init__(self, folder: Path):
        self.folder = folder
        self.versions = folder / "versions"

    def current(self) -> Version | None:
        """The version that readers see. Raises duckdb.Error where it is damaged or gone."""
        name = self._current_name()
        return None if name is None else self._version_in(self.versions / name)

    def earlier(self) -> list[Version]:
        """The kept versions from before the current one that can be read, the latest first."""
        name = self._current_name()
        found = []
        for folder in reversed(self._folders()):
            if name is not None and folder.name < name:
                try:
                    found.append(self._version_in(folder))
                except duckdb.Error:
                    # a version that is damaged is none to go back to
                    continue
        return found

    def publish(self, publication: Publication) -> None:
        """Write a version of the tables of the warehouse and put it in place; the oldest ones go.

        Raises OSError or duckdb.Error, and then readers see what they saw before.
        """
        self.versions.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".publishing.lock").open("w") as lock:
            # builds of other projects, or with another target folder, may publish here, too
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._publish(publication)

    def _publish(self, publication: Publication) -> None:
        self._remove_leftovers()
        unfinished = self.versions / f".{publication.version.run_id}"
        try:
            (unfinished / "parquet").mkdir(parents=True)
            self._write(publication, unfinished)
            if publication.has_page:
                self._write_page(unfinished)
            for path in [*unfinished.rglob("*"), unfinished]:
                flush(path)
            finished = self.versions / publication.version.run_id
            unfinished.rename(finished)
            flush(self.versions)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        self._point_to(finished.name)
        # a clock that has gone back gives a version a name before those of earlier ones
        others = [folder for folder in self._folders() if folder != finished]
        for folder in others[: -(KEPT - 1)]:
            shutil.rmtree(folder)

    def write_page(self) -> Path:
        """Write the page of the current version again. Raises LookupError where nothing is published."""
        name = self._current_name()
        if name is None:
            raise LookupError("nothing is published")
        folder = self.versions / name
        self._write_page(folder)
        flush(folder)
        self._point_to(name)
        return self.folder / PAGE

    def roll_back(self) -> Version:
        """Put the version before the current one in place. Raises LookupError where there is none."""
        earlier = self.earlier()
        if not earlier:
            raise LookupError("there is no earlier version")
        self._point_to(earlier[0].run_id)
        return earlier[0]

    def add_exports(self, write: Callable[[Path, Path], None]) -> None:
        """Put files beside the version that readers see, all at once, in place of those made before.

        write: is given the version's file and an empty folder to fill. Raises LookupError where
        nothing is published, OSError and whatever `write` raises; then all is as before.
        """
        if not (self.folder / "current").is_symlink():
            raise LookupError("nothing is published")
        version = (self.folder / "current").resolve()
        made = version / f".exports-{uuid.uuid4().hex[:8]}"
        made.mkdir()
        try:
            write(version / FILE, made)
            for path in [*made.iterdir(), made]:
                flush(path)
            replace_link(version / "exports", Path(made.name))
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
        flush(version)
        # those made before, and what a killed run left
        for folder in version.glob(".exports-*"):
            if folder != made:
                shutil.rmtree(folder)
        if not (self.folder / "exports").is_symlink():
            replace_link(self.folder / "exports", Path("current", "exports"))
            flush(self.folder)

    def _write(self, publication: Publication, folder: Path) -> None:
        limit = os.environ.get("SALES_KPIS_MEMORY_LIMIT", "80%")
        with duckdb.connect(config={"threads": 2, "memory_limit": limit}) as connection:
            connection.execute("set temp_directory = ?", [str(folder / "spilled")])
            connection.execute(f"attach {literal(warehouse_path())} as warehouse (read_only)")
            connection.execute(
                f"attach {literal(folder / FILE)} as published (storage_version '{STORAGE_VERSION}')"
            )
            connection.execute("create schema published.marts")
            for table in publication.tables:
                name = f'published.marts."{table.name}"'
                connection.execute(
                    f'create table {name} as from warehouse."{table.schema}"."{table.source}"'
                )
            for name, (columns, rows) in publication.own_tables.items():
                connection.execute(f'create table published.marts."{name}" ({", ".join(columns)})')
                marks = ", ".join("?" * len(columns))
                connection.executemany(f'insert into published.marts."{name}" values ({marks})', rows)
            for name in publication.table_names:
                file = folder / "parquet" / f"{name}.parquet"
                connection.execute(
                    f'copy published.marts."{name}" to {literal(file)} (format parquet, compression zstd)'
                )
            connection.execute("checkpoint published")
            connection.execute("detach published")
        shutil.rmtree(folder / "spilled", ignore_errors=True)

    @staticmethod
    def _write_page(folder: Path) -> None:
        with duckdb.connect(str(folder / FILE), read_only=True) as connection:

            def query(sql: str) -> tuple[list[str], list[tuple]]:
                result = connection.execute(sql)
                return [column[0] for column in result.description], result.fetchall()

            new = folder / f".{PAGE}.new"
            new.write_text(page(query, "marts"), encoding="utf-8")
        flush(new)
        new.replace(folder / PAGE)

    def _point_to(self, run_id: str) -> None:
        """The one step that readers notice. The outer links never change once they are there."""
        replace_link(self.folder / "current", Path("versions", run_id))
        for name in (FILE, "parquet", PAGE):
            if not (self.folder / name).is_symlink():
                replace_link(self.folder / name, Path("current", name))
        flush(self.folder)

    def _folders(self) -> list[Path]:
        """The versions' folders, the oldest first: their names begin with the time."""
        if not self.versions.is_dir():
            return []
        return sorted(folder for folder in self.versions.iterdir() if not folder.name.startswith("."))

    def _remove_leftovers(self) -> None:
        """What a killed run left, and versions that were rolled back: newer than what readers see."""
        name = self._current_name()
        for folder in self.versions.iterdir():
            if folder.name.startswith(".") or name is None or folder.name > name:
                shutil.rmtree(folder)

    def _current_name(self) -> str | None:
        """The name of the folder of the version that readers see, be it whole or not."""
        link = self.folder / "current"
        return link.readlink().name if link.is_symlink() else None

    def _version_in(self, folder: Path) -> Version:
        """Which version lies there, by its Parquet files: a reader may hold the other file open for writing."""
        with duckdb.connect() as connection:
            connection.execute("create schema marts")
            for table in ("published_run", "published_inputs"):
                file = literal(folder / "parquet" / f"{table}.parquet")
                connection.execute(f"create view marts.{table} as from read_parquet({file})")
            return Version.read(lambda sql: connection.execute(sql).fetchall(), "marts")


def literal(path: Path) -> str:
    """A path as a text of SQL."""
    return "'" + str(path).replace("'", "''") + "'"


def replace_link(link: Path, target: Path) -> None:
    """A symbolic link put in place at once, over the one that is there."""
    new = link.with_name(f".{link.name}.new")
    new.unlink(missing_ok=True)
    new.symlink_to(target)
    os.replace(new, link)


def flush(path: Path) -> None:
    """What has been written to a file or a folder is on the disk after this."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
