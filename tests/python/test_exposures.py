"""What the documentation says of the readers is so: they read what is published, and every KPI of it."""

import json

import pytest

from sales_kpis.publication import tables_of


@pytest.fixture(scope="module")
def manifest(fixture_build) -> dict:
    path = fixture_build.warehouse.parent / "target" / "manifest.json"
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def published(manifest) -> dict[str, str]:
    """What is published: the name that readers know -> the model that it is made from."""
    return {table.name: table.source for table in tables_of(manifest)}


@pytest.fixture(scope="module")
def read(manifest) -> dict[str, set[str]]:
    """exposure -> the models it depends on."""
    return {
        exposure["name"]: {node.rpartition(".")[2] for node in exposure["depends_on"]["nodes"]}
        for exposure in manifest["exposures"].values()
    }


def test_the_readers_are_all_there(read):
    assert set(read) == {"page", "workbooks", "superset_dashboard", "tableau_extract"}


def test_readers_read_only_what_is_published(read, published):
    for name, models in read.items():
        assert models - set(published.values()) == set(), name


def test_every_reader_reads_every_kpi_of_the_catalogue_and_the_scorecard(read, published, fixture_build):
    kpis = fixture_build.query("select kpi from marts.dim_kpis")
    assert len(kpis) > 0
    for name, models in read.items():
        tables = ["kpi_scorecard", *(f"kpi_{kpi}" for (kpi,) in kpis)]
        assert {published[table] for table in tables} - models == set(), name


def test_the_extract_has_all_that_is_published(read, published):
    assert read["tableau_extract"] == set(published.values())
