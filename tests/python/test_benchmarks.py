"""The benchmark's inputs are the same each time, and its floor, SQL apart from the models, gives the build's answers."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from benchmarks import __main__ as bench
from benchmarks.answers import differences, kpi_tables
from benchmarks.generate import AS_OF_DATE, generate
from conftest import ROOT, dbt
from extracts import ACCEPTANCE, ACCEPTANCE_SETTINGS
from tests.python.reference.inputs import KPI_NAMES

GENERATED_SETTINGS = {"as_of_date": AS_OF_DATE, "reporting_start_date": "2022-01-01"}


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    folder = tmp_path_factory.mktemp("generated")
    generate(folder, 0.002, "csv")
    return folder


def digest(folder: Path) -> str:
    files = sorted(folder.rglob("*.csv"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def test_the_inputs_are_the_same_each_time(generated, tmp_path):
    generate(tmp_path, 0.002, "csv")
    assert digest(tmp_path) == digest(generated)


@pytest.mark.parametrize("inputs", ["generated", "acceptance"])
def test_the_floor_gives_the_builds_answers(inputs, generated, tmp_path):
    folder, settings = generated, GENERATED_SETTINGS
    if inputs == "acceptance":
        folder, settings = ACCEPTANCE, ACCEPTANCE_SETTINGS
        if not folder.exists():
            pytest.skip("the acceptance data is not beside the checkout")
    run = dbt(tmp_path, "run", settings={**settings, "input_dir": str(folder)})
    assert run.code == 0, run.output
    floor = tmp_path / "floor.duckdb"
    subprocess.run(
        [sys.executable, "-m", "benchmarks.floor", folder, floor]
        + ["--as-of-date", settings["as_of_date"]]
        + ["--reporting-start-date", settings["reporting_start_date"]],
        cwd=ROOT,
        check=True,
    )
    assert differences(run.warehouse, floor) == []


def test_the_answers_are_those_of_every_kpi():
    assert kpi_tables() == [f"kpi_{name}" for name in KPI_NAMES]


NAME = "kpi_customer_referrals"


@pytest.fixture
def answers(tmp_path):
    """A function that makes two warehouses of the same answers, and runs SQL on the one or the other."""

    def made(on_build: str = "", on_other: str = "") -> tuple[Path, Path]:
        paths = tmp_path / "build.duckdb", tmp_path / "other.duckdb"
        for path, schema, sql in zip(paths, ("marts", "main"), (on_build, on_other)):
            with duckdb.connect(str(path)) as connection:
                connection.execute(f"create schema if not exists {schema}; use {schema}")
                connection.execute("create table kpi_scorecard as select 1 as value")
                for table in kpi_tables():
                    connection.execute(f"""
                        create table {table} as
                        select
                            'month' as period_grain, date '2025-01-01' + number as period_start,
                            date '2025-01-31' + number as period_end, true as is_complete,
                            'company' as dimension, 'all' as dimension_value,
                            cast(number * 1.5 as decimal(28, 6)) as value, nullif(number, 2) as leads
                        from (select unnest([0, 1, 2]) as number)
                    """)
                connection.execute(sql)
        return paths

    return made


def test_equal_answers_differ_in_nothing(answers, tmp_path):
    build, other = answers(
        on_other=f"alter table {NAME} alter value type double; update {NAME} set value = value + 0.0000004"
    )
    assert differences(build, other) == []
    with duckdb.connect(str(other)) as connection:
        for table in kpi_tables():
            connection.execute(f"copy {table} to '{tmp_path / table}.parquet'")
    assert differences(build, tmp_path) == []
    (tmp_path / f"{NAME}.parquet").unlink()
    assert differences(build, tmp_path) == [f"{NAME}: missing in the other"]


DOUBLED = f"insert into {NAME} from {NAME} limit 1"
DROPPED = f"drop table {NAME}"
VIEW = f"alter table {NAME} rename to old; create view {NAME} as from old"
#: a row of which nothing but the key is known
EMPTY = f"""
    insert into {NAME} (period_grain, period_start, dimension, dimension_value)
    values ('year', date '2025-01-01', 'company', 'all')
"""


@pytest.mark.parametrize(
    "on_build, on_other, found",
    [
        (DOUBLED, "", ["1 rows in the build repeat a key", "4 rows in the build, 3 in the other"]),
        ("", DOUBLED, ["1 rows in the other repeat a key", "3 rows in the build, 4 in the other"]),
        (DOUBLED, DOUBLED, ["1 rows in the build repeat a key", "1 rows in the other repeat a key"]),
        (
            "",
            f"delete from {NAME} where value = 3; {DOUBLED}",
            ["1 rows in the other repeat a key", "1 of 4 rows differ"],
        ),
        (DROPPED, "", ["missing in the build"]),
        ("", DROPPED, ["missing in the other"]),
        (DROPPED, DROPPED, ["missing in the build", "missing in the other"]),
        (VIEW, "", ["a view in the build"]),
        ("", VIEW, ["a view in the other"]),
        (f"delete from {NAME}", f"delete from {NAME}", ["0 rows in the build, 0 in the other"]),
        (f"delete from {NAME} where value = 3", "", ["2 rows in the build, 3 in the other", "1 of 3 rows differ"]),
        (EMPTY, "", ["4 rows in the build, 3 in the other", "1 of 4 rows differ"]),
        ("", EMPTY, ["3 rows in the build, 4 in the other", "1 of 4 rows differ"]),
        ("", f"update {NAME} set dimension_value = null where value = 3", ["2 of 4 rows differ"]),
        ("", f"update {NAME} set value = value + 0.00001", ["3 of 3 rows differ"]),
        ("", f"update {NAME} set leads = 0 where leads is null", ["1 of 3 rows differ"]),
        (f"update {NAME} set leads = null where leads = 0", "", ["1 of 3 rows differ"]),
        ("", f"alter table {NAME} alter leads type double; update {NAME} set leads = 'nan'", ["3 of 3 rows differ"]),
        ("", f"update {NAME} set period_end = period_end - 1", ["3 of 3 rows differ"]),
        ("", f"update {NAME} set is_complete = null where value = 0", ["1 of 3 rows differ"]),
    ],
)
def test_what_differs_is_found(on_build, on_other, found, answers):
    assert differences(*answers(on_build, on_other)) == [f"{NAME}: {line}" for line in found]


def test_other_tables_and_columns_are_found(answers):
    build, other = answers(f"alter table {NAME} drop leads", "create table kpi_tenth as select 1 as value")
    extra, columns = differences(build, other)
    assert extra == "kpi_tenth: in the other, not in the catalogue"
    assert columns.startswith(f"{NAME}: columns [") and "leads" in columns.split(" instead of ")[0]


@pytest.fixture
def commands(monkeypatch, tmp_path):
    """What the benchmark would run, a list of words each; nothing is run, but files are left where they would be."""
    found: list[list[str]] = []

    def measured(command, environment, folder):
        found.append([str(word) for word in command])
        if command[1] == "build":
            (folder / "run_results.json").write_text(json.dumps({"results": []}))
            (folder / "manifest.json").write_text(json.dumps({"nodes": {}}))
            (folder / "sales_kpis.duckdb").touch()
        elif command[1] == "-m":
            command[4].touch()
        return float(len(found)), 0.0, 0

    monkeypatch.setattr(bench, "ROOT", tmp_path)
    monkeypatch.setattr(bench, "measured", measured)
    return found


@pytest.mark.parametrize("wrong", ["floor", "peer"])
def test_nothing_is_timed_before_the_answers_are_equal(wrong, commands, monkeypatch, tmp_path, capsys):
    def differences(build, other):
        return ["kpi_customer_referrals: 1 of 3 rows differ"] if other.stem == wrong else []

    monkeypatch.setattr(bench, "differences", differences)
    monkeypatch.setattr(bench, "generate", lambda *_: None)
    monkeypatch.setattr(sys, "argv", ["benchmarks", "--size", "1"])
    with pytest.raises(SystemExit, match=f"the {wrong} gives other answers: kpi_customer_referrals: 1 of 3"):
        bench.main()
    assert [run for run in commands if "benchmarks.floor" in run]
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("tests", ["with", "without"])
def test_both_projects_are_parsed_before_they_are_timed(tests, commands, tmp_path):
    """What dbt reads again is what differs from the parse before: target, settings, project."""
    timed = [
        bench.build(f"build {tests} data tests", tmp_path / "in", "csv", 1, "4GB"),
        bench.empty_project(f"empty project {tests} tests", 1),
    ]
    assert [command[1] for command in commands] == ["parse", "build", "parse", "build"]
    assert [run.wall for run in timed] == [2.0, 4.0]
    for parse, build in zip(commands[::2], commands[1::2]):
        assert parse[2:] == build[-len(parse[2:]) :]
