"""Readers see one complete version, whatever happens to the one that publishes."""

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from conftest import ROOT
from publications import TABLES, publication, run_number, warehouse
from sales_kpis.published_files import KEPT, PublishedFiles

#: How often the publication is killed here; PUBLICATION_KILLS=100 for a full run.
KILLS = int(os.environ.get("PUBLICATION_KILLS", 10))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("SALES_KPIS_DUCKDB_PATH", str(tmp_path / "work.duckdb"))
    return tmp_path


def published(folder: Path) -> PublishedFiles:
    return PublishedFiles(folder / "published")


def publish(folder: Path, run: int, **options) -> None:
    warehouse(folder / "work.duckdb", run)
    published(folder).publish(publication(run, **options))


def runs_seen(folder: Path) -> set[int]:
    """The runs that a reader finds in all that is published: one, if all is well."""
    with duckdb.connect(str(folder / "published" / "sales_kpis.duckdb"), read_only=True) as connection:
        seen = {run_number(connection.execute("select run_id from marts.published_run").fetchone()[0])}
        for table in TABLES:
            ((first, last, count),) = connection.execute(
                f"select min(run), max(run), count(*) from marts.{table}"
            ).fetchall()
            assert count == 1000
            seen |= {first, last}
    for table in TABLES:
        file = folder / "published" / "parquet" / f"{table}.parquet"
        seen |= {run for (run,) in duckdb.sql(f"select distinct run from '{file}'").fetchall()}
    return seen


def start_publishing(folder: Path) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "tests/python/publications.py", folder],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests' / 'python'}"},
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_publication_is_what_readers_see(folder):
    assert published(folder).current() is None
    publish(folder, 1)
    assert runs_seen(folder) == {1}
    publish(folder, 2)
    assert runs_seen(folder) == {2}
    assert [run_number(version.run_id) for version in published(folder).earlier()] == [1]


def test_a_rollback_goes_back_one_and_what_it_left_is_not_returned_to(folder):
    for run in (1, 2, 3):
        publish(folder, run)
    published(folder).roll_back()
    assert runs_seen(folder) == {2}
    publish(folder, 4)
    assert runs_seen(folder) == {4}
    for expected in (2, 1):
        published(folder).roll_back()
        assert runs_seen(folder) == {expected}
    with pytest.raises(LookupError):
        published(folder).roll_back()
    assert runs_seen(folder) == {1}


def test_seven_versions_are_kept(folder):
    for run in range(KEPT + 3):
        publish(folder, run)
    kept = [run_number(path.name) for path in (folder / "published" / "versions").iterdir()]
    assert sorted(kept) == list(range(3, KEPT + 3))


def test_a_table_that_is_no_longer_published_is_gone(folder):
    publish(folder, 1)
    publish(folder, 2, tables=TABLES[1:])
    with duckdb.connect(str(folder / "published" / "sales_kpis.duckdb"), read_only=True) as connection:
        names = connection.execute("select table_name from duckdb_tables() order by all").fetchall()
    assert names == [("kpi_three",), ("kpi_two",), ("published_inputs",), ("published_run",)]
    assert not (folder / "published" / "parquet" / "kpi_one.parquet").exists()


def test_clients_of_duckdb_1_2_can_open_the_file(folder):
    publish(folder, 1)
    with duckdb.connect(str(folder / "published" / "sales_kpis.duckdb"), read_only=True) as connection:
        (tags,) = connection.execute(
            "select tags from duckdb_databases() where database_name = 'sales_kpis'"
        ).fetchone()
    assert tags["storage_version"].startswith("v1.2.0")


def test_a_reader_with_the_file_open_hinders_nothing_and_goes_on_with_what_it_opened(folder):
    publish(folder, 1)
    file = str(folder / "published" / "sales_kpis.duckdb")
    # in a process of its own: within one, DuckDB takes the same path for the same file
    program = (
        "import duckdb, sys; c = duckdb.connect(sys.argv[1], read_only=True); print('open', flush=True);"
        "sys.stdin.readline(); print(c.execute('select distinct run from marts.kpi_two').fetchall())"
    )
    reader = subprocess.Popen(
        [sys.executable, "-c", program, file], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert reader.stdout.readline() == "open\n"
    for run in range(2, KEPT + 4):
        publish(folder, run)
    answer, _ = reader.communicate("\n")
    assert answer == "[(1,)]\n"


def test_readers_across_publications_see_no_error_and_no_mixture(folder):
    """Two readers, three times a second each, over twenty publications."""
    publish(folder, 1)
    program = """
import duckdb, sys, time
while sys.argv[2] == "go on":
    with duckdb.connect(sys.argv[1], read_only=True) as c:
        runs = set(c.execute("select run from marts.kpi_one union select run from marts.kpi_three union select run"
            " from marts.kpi_two union select cast(right(run_id, 8) as integer) from marts.published_run").fetchall())
    print(*sorted(run for (run,) in runs), flush=True)
    time.sleep(1 / 3)
"""
    file = str(folder / "published" / "sales_kpis.duckdb")
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", program, file, "go on"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for run in range(2, 22):
        publish(folder, run)
        time.sleep(0.3)
    for reader in readers:
        assert reader.poll() is None, reader.communicate()[1]
        reader.terminate()
        output, errors = reader.communicate()
        assert errors == ""
        seen = output.split("\n")[:-1]
        # one run at a time, never an earlier one again, and most of the publications
        assert all(len(line.split()) == 1 for line in seen)
        numbers = [int(line) for line in seen]
        assert numbers == sorted(numbers)
        assert len(set(numbers)) > 5


def test_a_kill_at_any_moment_leaves_one_complete_version(folder):
    chance = random.Random(5)
    last = 0
    for _ in range(KILLS):
        process = start_publishing(folder)
        # once under way, at any moment of some publications
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.4))
        process.send_signal(signal.SIGKILL)
        said, _ = process.communicate()
        (run,) = runs_seen(folder)
        # what it said it had published is there, or the next one
        assert run >= max([last, *map(int, said.split())])
        last = run
    # and no hand is needed
    publish(folder, last + 1)
    assert runs_seen(folder) == {last + 1}
    names = [path.name for path in (folder / "published" / "versions").iterdir()]
    assert [name for name in names if name.startswith(".")] == []


@pytest.mark.parametrize("limit", [0, 10_000, 300_000])
def test_a_disk_that_is_full_leaves_the_old_version(limit, folder):
    """No file of more than so many bytes can be written: what a full disk does, at three places."""
    publish(folder, 1)
    warehouse(folder / "work.duckdb", 2)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        with pytest.raises((OSError, duckdb.Error)):
            published(folder).publish(publication(2))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert runs_seen(folder) == {1}
    published(folder).publish(publication(2))
    assert runs_seen(folder) == {2}


def only_run_seen(folder: Path) -> int:
    (run,) = runs_seen(folder)
    return run


def test_a_clock_that_goes_back_takes_no_version_from_readers(folder):
    for run in range(11, 11 + KEPT):
        publish(folder, run)
    publish(folder, 1)
    assert only_run_seen(folder) == 1
    publish(folder, 2)
    assert only_run_seen(folder) == 2


@pytest.mark.parametrize("damage", ["the file", "a Parquet file", "all of it"])
def test_a_damaged_version_keeps_nobody_from_the_next_or_the_one_before(folder, damage):
    for run in (1, 2, 3):
        publish(folder, run)
    for number in (3, 2) if damage == "all of it" else (3,):
        version = folder / "published" / "versions" / publication(number).version.run_id
        if damage == "the file":
            (version / "sales_kpis.duckdb").write_bytes(b"noise" * 1000)
        elif damage == "a Parquet file":
            (version / "parquet" / "published_run.parquet").write_bytes(b"noise" * 1000)
        else:
            shutil.rmtree(version)
    before = published(folder).roll_back()
    assert run_number(before.run_id) == (1 if damage == "all of it" else 2)
    publish(folder, 4)
    assert only_run_seen(folder) == 4


def test_a_reader_that_may_write_keeps_nobody_from_publishing(folder):
    publish(folder, 1)
    reader = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); input()",
            folder / "published" / "sales_kpis.duckdb",
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert reader.stdout.readline() == "open\n"
        assert run_number(published(folder).current().run_id) == 1
        publish(folder, 2)
        assert only_run_seen(folder) == 2
    finally:
        reader.communicate("\n")
