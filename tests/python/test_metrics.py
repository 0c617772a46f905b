"""The metrics layer: every metric is a figure of a KPI, and MetricFlow's answer is the mart's, row for row."""

import os
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from metricflow_semantic_interfaces.validations.semantic_manifest_validator import (
    SemanticManifestValidator,
)

from conftest import FIXTURE_SETTINGS, ROOT
from metrics_layer import CALENDAR, FISCAL_CALENDAR, GROUP_BYS, Metrics
from tests.python.reference import read_folder

@pytest.fixture(scope="module")
def metrics(fixture_build) -> Metrics:
    return Metrics(fixture_build.warehouse.parent / "target")


def test_metricflow_finds_nothing_wrong(metrics):
    """Labels twice, names that are no names, dimensions that lead nowhere: dbt alone takes all of them."""
    result = SemanticManifestValidator().validate_semantic_manifest(metrics.semantic_manifest)
    assert [issue.message for issue in result.all_issues] == []


def test_every_metric_is_worded_as_its_figure(metrics, fixture_build):
    figures = {
        (kpi, column): words
        for kpi, column, *words in fixture_build.query(
            "select figures.kpi, column_name, figure_number, kpi_name_en, kpi_name_tr, "
            "figure_name_en, figure_name_tr, figures.unit "
            "from marts.dim_kpi_figures as figures inner join marts.dim_kpis using (kpi)"
        )
    }
    assert len(metrics.metrics) > 40
    for name, metric in metrics.metrics.items():
        meta = metric["config"]["meta"]
        figure = (meta["kpi"], meta["column"])
        number, kpi_en, kpi_tr, figure_en, figure_tr, unit = figures[figure]
        # the KPI itself bears its name, a companion both
        is_kpi = number == 1
        assert (name == meta["kpi"]) == is_kpi
        assert metric["label"] == (kpi_en if is_kpi else f"{kpi_en}: {figure_en}")
        assert meta["name_tr"] == (kpi_tr if is_kpi else f"{kpi_tr}: {figure_tr}")
        assert meta["unit"] == unit
        assert metric["description"] == metrics.columns[figure]["description"]


def test_every_figure_is_one_metric_or_a_documented_exception(metrics, fixture_build):
    """docs/bi.md names what is no metric, with the reason; nothing is on both lists."""
    page = (ROOT / "docs" / "bi.md").read_text(encoding="utf-8")
    section = page.split("\n## The metrics layer\n")[1].split("\n## ")[0]
    exceptions = [
        (kpi, column)
        for kpi, columns, reason in re.findall(
            r"^\| `(\w+)` \| ((?:`\w+`(?:, )?)+) \| (.{40,}) \|$", section, re.MULTILINE
        )
        for column in re.findall(r"\w+", columns)
    ]
    figures = fixture_build.query("select kpi, column_name from marts.dim_kpi_figures")
    asked = [
        (metric["config"]["meta"]["kpi"], metric["config"]["meta"]["column"])
        for metric in metrics.metrics.values()
    ]
    assert len(exceptions) > 0
    assert sorted(asked + exceptions) == sorted(figures)


@pytest.mark.parametrize("kpi", GROUP_BYS)
def test_the_same_as_the_mart(kpi, metrics, fixture_build):
    """Row for row, by every dimension and grain; the fixture's fiscal year is the calendar's."""
    assert metrics.differences(fixture_build.query, kpi, CALENDAR) == []


@pytest.fixture(scope="module")
def april_company(engine_of):
    """The fixture again, with a fiscal year from April."""
    engine = engine_of({**FIXTURE_SETTINGS, "fiscal_year_start_month": 4})
    return engine.build(read_folder(ROOT / "seeds"))


@pytest.mark.parametrize("kpi", GROUP_BYS)
def test_a_fiscal_year_from_another_month(kpi, metrics, april_company):
    assert metrics.differences(april_company.query, kpi, FISCAL_CALENDAR) == []


def test_a_calendar_quarter_is_no_fiscal_quarter(metrics, april_company):
    """The comparison sees it when the grain is the wrong one."""
    assert metrics.differences(april_company.query, "rep_ramp_up_time", CALENDAR) != []


def test_saved_queries_hold_every_kpi_that_is_a_metric(metrics, fixture_build):
    saved = metrics.semantic_manifest.saved_queries
    for query in saved:
        sql = metrics.sql(saved_query_name=query.name)
        assert len(fixture_build.query(f"from ({sql})")) > 10, query.name
    asked = {metric for query in saved for metric in query.query_params.metrics}
    assert asked >= {name for name in GROUP_BYS if name in metrics.metrics}


def test_the_command_of_the_readme(fixture_build, tmp_path):
    """One query as a reader types it; in a folder that has nothing but what `mf` reads."""
    for name in ("dbt_project.yml", "profiles.yml"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "target").symlink_to(fixture_build.warehouse.parent / "target")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"^\.venv/bin/mf (query .*)$", readme, re.MULTILINE)
    finished = subprocess.run(
        [Path(sys.executable).with_name("mf"), *command.split(), "--csv", "answer.csv"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={**os.environ, "SALES_KPIS_DUCKDB_PATH": str(fixture_build.warehouse)},
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    header, *rows = (tmp_path / "answer.csv").read_text(encoding="utf-8").splitlines()
    assert header == "metric_time__quarter,lead__source,lead_conversion_rate"
    ((quarter, source, rate),) = fixture_build.query(
        "select period_start, dimension_value, conversion_rate from marts.kpi_lead_conversion_rate "
        "where period_grain = 'quarter' and dimension = 'source' and dimension_value = 'web' "
        "and period_start = date '2026-07-01'"
    )
    (answer,) = [row for row in rows if row.startswith(str(quarter)) and f",{source}," in row]
    assert abs(Decimal(answer.split(",")[2]) - rate) <= Decimal("0.000001")
