"""What `sales_kpis init` says of a folder of exports, and the settings that it writes."""

import csv
import shutil
from pathlib import Path

import pytest
import yaml

from extracts import fixture_rows
from native_exports import salesforce, write_objects
from sales_kpis import init
from sales_kpis.__main__ import main


@pytest.fixture
def maps(tmp_path, monkeypatch) -> Path:
    """The maps of labels, in a copy that may be changed."""
    shutil.copytree(init.ROOT / "seeds" / "mappings", tmp_path / "seeds" / "mappings")
    monkeypatch.setattr(init, "ROOT", tmp_path)
    return tmp_path / "seeds" / "mappings"


def exported(folder: Path, **others: list) -> Path:
    """The fixture's company as Salesforce exports it; others: an object's other rows, none to leave it out."""
    objects = {**salesforce.export(fixture_rows()), **others}
    write_objects({name: rows for name, rows in objects.items() if rows}, folder / "salesforce")
    return folder


def test_what_is_there_becomes_settings(maps, tmp_path, capsys):
    folder = exported(tmp_path / "exports")
    assert main(["init", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "salesforce: 11 objects" in said and "Lead: 3,234 rows" in said
    settings = yaml.safe_load((folder / "settings.yml").read_text())
    assert settings["crm_source"] == "salesforce"
    assert (settings["contracts_from"], settings["invoices_from"], settings["referrals_from"]) == (
        "contract", "native", "native",
    )  # fmt: skip
    found = salesforce.FIELDS.items() - settings["fields"].items()
    assert dict(found) == {"contracts.opportunity_id": "Opportunity__c"}
    assert set(settings["absent_inputs"]) == {
        "hr.employees", "hr.job_assignments", "reference.exchange_rates", "reference.kpi_targets",
    }  # fmt: skip
    assert "Sales Team Loyalty Rate: all of it (hr.employees, hr.job_assignments missing)" in said
    assert "Annual Contract Value: all" not in said


def test_labels_without_a_word_are_said_and_added_to_the_map(maps, tmp_path, capsys):
    folder = exported(tmp_path / "exports")
    main(["init", str(folder)])
    assert "lead_status: 'yeni', 1 rows" in capsys.readouterr().out
    with (maps / "salesforce.csv").open(newline="") as file:
        assert {"column_name": "lead_status", "native_value": "yeni", "code": ""} in list(csv.DictReader(file))
    main(["init", str(folder)])
    assert "yeni" not in capsys.readouterr().out


def test_missing_objects_and_columns_are_named_with_what_they_cost(maps, tmp_path, capsys):
    leads = [
        {name: text for name, text in row.items() if name != "IsConverted"}
        for row in salesforce.export(fixture_rows())["Lead"]
    ]
    folder = exported(tmp_path / "exports", Lead=leads, Task=[], Event=[], LeadHistory=[], Contract=[])
    main(["init", str(folder)])
    said = capsys.readouterr().out
    assert "column IsConverted is missing; without it the build stops" in said
    assert "Task: missing" in said
    assert "crm.contracts: nothing found; contracts_from says where it is" in said
    assert "Customer Retention Rate: all of it (crm.contracts missing)" in said
    absent = yaml.safe_load((folder / "settings.yml").read_text())["absent_inputs"]
    assert {"crm.activities", "crm.lead_status_history"} <= set(absent)


def test_a_folder_without_exports_is_told_how_to_lay_them_out(tmp_path, capsys):
    assert main(["init", str(tmp_path)]) == 1
    assert f"{tmp_path}/salesforce/Lead.csv" in capsys.readouterr().out
