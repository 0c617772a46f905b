"""The benchmark's inputs are the same each time, and its floor, SQL apart from the models, gives the build's answers."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.answers import differences
from benchmarks.generate import AS_OF_DATE, generate
from conftest import ROOT, dbt
from extracts import ACCEPTANCE, ACCEPTANCE_SETTINGS

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
