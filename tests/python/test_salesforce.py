"""Salesforce's exports as the tables of the contract."""

import re
from collections import Counter
from pathlib import Path

import pytest

from conftest import FIXTURE_SETTINGS, Run, dbt
from extracts import fixture_rows, write_extract_of
from native_exports import salesforce, write_objects


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> Path:
    """The fixture's company: its CRM as Salesforce exports it, the rest as tables of the contract."""
    folder = tmp_path_factory.mktemp("salesforce")
    tables = fixture_rows()
    write_extract_of(tables, folder)
    for file in (folder / "crm").iterdir():
        file.unlink()
    write_objects(salesforce.export(tables), folder / "salesforce")
    return folder


@pytest.fixture(scope="module")
def mapped(exported, tmp_path_factory) -> Run:
    run = dbt(
        tmp_path_factory.mktemp("mapped"),
        "build",
        settings={**FIXTURE_SETTINGS, **salesforce.SETTINGS, "input_dir": str(exported)},
    )
    assert run.code == 0, run.output
    return run


def test_the_fixture_gives_the_same_kpis(mapped, fixture_build):
    for (model,) in fixture_build.query("select table_name from duckdb_tables() where table_name like 'kpi_%'"):
        ours, expected = (set(run.query(f"from marts.{model}")) for run in (mapped, fixture_build))
        assert ours == expected, model


def rejected(run: Run) -> Counter:
    """The rejected rows with keys in the words of the contract: cleaned, without an object's prefix."""
    return Counter(
        (table, "|".join(salesforce.code(re.sub("^(00[16Q]|800)(?=.)", "", part)) for part in key.split("|")), reasons)
        for table, key, reasons in run.query("select source_table, row_key, reasons from marts.rejected_rows")
    )


def test_the_fixture_gives_the_same_rejected_rows(mapped, fixture_build):
    """But for a stage entered twice at once: the second row has the stage of the one before, an edit."""
    lost = rejected(fixture_build) - rejected(mapped)
    assert rejected(mapped) - rejected(fixture_build) == {}
    assert {(table, reasons) for table, _, reasons in lost} == {("crm.opportunity_stage_history", "duplicate_key")}
    unchanged = mapped.query("select count(*) from input.salesforce__opportunity_stage_history where excluded_because = 'unchanged_stage'")
    assert unchanged == [(lost.total(),)]


def test_what_is_left_out_is_counted(mapped):
    assert mapped.query("from marts.excluded_rows where reason <> 'unchanged_stage'") == []
