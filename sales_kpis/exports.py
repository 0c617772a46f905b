"""Write the published version as a Tableau extract, Excel workbooks and a Superset dashboard."""

import argparse
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pantab

from .catalogue import LANGUAGES
from .locking import Refused, lock
from .project import Settings, published_folder
from .published_files import FILE, PublishedFiles
from .superset import write_bundle
from .workbooks import write_workbook


def run(options: argparse.Namespace) -> int:
    """Make all exports of the version that readers see; 1 where there is none, or one cannot be written."""
    target = Settings.of(options).target
    if target != "duckdb":
        print(f"Exports are made of what the target duckdb publishes; readers of {target} ask its server.")
        return 1
    published = PublishedFiles(published_folder())
    try:
        with lock(Settings.of(options).target):
            current = published.current()
            if current:
                print(f"Exports of {current}:")
            published.add_exports(write_exports)
    except LookupError as error:
        print(f"No exports: {error}; make build publishes.")
        return 1
    except (Refused, OSError, RuntimeError, ValueError, duckdb.Error) as error:
        print(f"No new exports: {error}")
        return 1
    folder = published.folder
    print(f"They are in {folder / 'exports'}; the same tables as Parquet files are in {folder / 'parquet'}.")
    return 0


def write_exports(file: Path, folder: Path) -> None:
    """Write every export of a published file into a folder."""
    with step(folder / "sales_kpis.hyper") as said:
        said("tables", *write_extract(file, folder / "sales_kpis.hyper"))
    for language in LANGUAGES:
        with step(folder / f"sales_kpis_{language}.xlsx") as said:
            said("sheets", *write_workbook(file, folder / f"sales_kpis_{language}.xlsx", language))
    with step(folder / "superset.zip") as said:
        # it asks the file for its rows, whichever version is published then
        address = file.parents[2].resolve() / FILE
        said("charts", write_bundle(file, folder / "superset.zip", address), None)


def write_extract(file: Path, extract: Path) -> tuple[int, int]:
    """Write all marts of a published file as a Tableau extract; the answer is its tables and rows.

    Decimals become doubles, which is what Tableau calculates with: all six decimals up to nine
    thousand million, the cents up to ninety million million. As numerics they would need a newer
    form of the file than Tableau opens before 2022.4, and pantab 5.3 cannot write -0.05.
    """
    with duckdb.connect(str(file), read_only=True) as connection:
        columns_of: dict[str, list[str]] = {}
        for table, column, data_type in connection.execute(
            "select table_name, column_name, data_type from duckdb_columns() where schema_name = 'marts'"
            " order by table_name, column_index"
        ).fetchall():
            kept = f'"{column}"'
            if data_type.startswith("DECIMAL"):
                kept = f"cast({kept} as double) as {kept}"
            columns_of.setdefault(table, []).append(kept)
        frames = {}
        rows = 0
        for table, columns in columns_of.items():
            rows += connection.execute(f'select count(*) from marts."{table}"').fetchall()[0][0]
            # a cursor each: a connection gives one result at a time
            frames["marts", table] = connection.cursor().sql(f'select {", ".join(columns)} from marts."{table}"')
        # given any process_params, pantab has hyperd leave a log in the working directory
        pantab.frames_to_hyper(frames, extract)
    # hyperd makes it for its own user and group alone
    shutil.copymode(file, extract)
    return len(frames), rows


@contextmanager
def step(path: Path) -> Iterator[Callable[[str, int, int | None], None]]:
    """Say in one line what has been written, how much of it, and how long it took."""
    start = time.monotonic()
    said = []
    yield lambda *counted: said.extend(counted)
    parts, number, rows = said
    counted = "" if rows is None else f"{rows:,} rows"
    print(
        f"  {path.name:<20}{number:>4} {parts:<8}{counted:>17}"
        f"{path.stat().st_size / 1e6:>10.1f} MB{time.monotonic() - start:>8.1f} s",
        flush=True,
    )
