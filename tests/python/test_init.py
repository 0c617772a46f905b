"""What `sales_kpis init` says of a folder of exports, and the settings that it writes."""

import csv
import shutil
from pathlib import Path

import duckdb
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


def test_only_what_is_a_status_is_taken_for_one(maps, tmp_path, capsys):
    """LeadHistory holds owners' names, too; a label of two spellings is one; blank ones are counted."""
    leads = salesforce.export(fixture_rows())["Lead"]
    leads[0]["Status"], leads[1]["Status"], leads[2]["Status"] = "Beklemede", "BEKLEMEDE", ""
    history = [
        {"Id": "017A", "LeadId": leads[0]["Id"], "Field": field, "NewValue": value, "CreatedDate": "2025-01-01T00:00:00Z"}
        for field, value in (("Owner", "Somebody Else"), ("Status", "Unutuldu"))
    ]
    main(["init", str(exported(tmp_path / "exports", Lead=leads, LeadHistory=history))])
    said = capsys.readouterr().out
    assert "Somebody" not in said + (maps / "salesforce.csv").read_text()
    assert "lead_status: 'BEKLEMEDE', 2 rows" in said and "lead_status: 'Unutuldu', 1 rows" in said
    assert "Lead.Status: 2 rows are blank" in said


def test_labels_of_the_companys_own_fields_are_looked_at_at_once(maps, tmp_path, capsys):
    contracts = salesforce.export(fixture_rows())["Contract"]
    contracts[0][salesforce.FIELDS["contracts.contract_type"]] = "Yeni sözleşme"
    main(["init", str(exported(tmp_path / "exports", Contract=contracts))])
    assert "contract_type: 'Yeni sözleşme', 1 rows" in capsys.readouterr().out


def test_what_was_completed_is_kept(maps, tmp_path, capsys):
    folder = exported(tmp_path / "exports")
    main(["init", str(folder)])
    written = yaml.safe_load((folder / "settings.yml").read_text())
    written |= {"as_of_date": "2026-11-15", "fields": {**written["fields"], "accounts.region": "Region__c"}}
    (folder / "settings.yml").write_text(yaml.safe_dump(written))
    main(["init", str(folder), "--settings", str(folder / "settings.yml")])
    assert f"Written: {folder}/settings_2.yml" in capsys.readouterr().out
    assert yaml.safe_load((folder / "settings.yml").read_text()) == written
    assert yaml.safe_load((folder / "settings_2.yml").read_text()) == written


def test_a_prefix_of_hubspots_loaders_makes_no_field_of_a_column(maps, tmp_path, capsys):
    """property_createdate is the contact's own createdate, which no field need name."""
    contacts = [{"id": "1", "property_createdate": "2025-01-01", "property_lifecyclestage": "lead", "property_segment_tier": "A"}]
    write_objects({"contact": contacts}, tmp_path / "exports" / "hubspot")
    main(["init", str(tmp_path / "exports")])
    settings = yaml.safe_load((tmp_path / "exports" / "settings.yml").read_text())
    assert "leads.created_at" not in settings.get("fields", {})


def test_a_schema_of_the_warehouse_is_looked_at_too(maps, tmp_path, monkeypatch, capsys):
    write_objects({"lead": [{"id": "00QA", "status": "Neu", "is_converted": "false", "created_date": "2025-01-01"}]}, tmp_path / "in", str)
    with duckdb.connect(str(tmp_path / "warehouse.duckdb")) as connection:
        connection.execute("create schema sf")
        connection.execute(f"create table sf.lead as from read_csv('{tmp_path}/in/lead.csv', all_varchar = true)")
    monkeypatch.setenv("SALES_KPIS_DUCKDB_PATH", str(tmp_path / "warehouse.duckdb"))
    monkeypatch.chdir(tmp_path)
    assert main(["init", "--vars", "{crm_source: salesforce, crm_schema: sf}"]) == 0
    said = capsys.readouterr().out
    assert "Lead: 1 rows" in said and "lead_status: 'Neu', 1 rows" in said and "Task: missing" in said
    settings = yaml.safe_load((tmp_path / "settings.yml").read_text())
    assert (settings["crm_source"], settings["crm_schema"]) == ("salesforce", "sf")
    assert "input_dir" not in settings and "crm.activities" in settings["absent_inputs"]


def test_without_a_folder_or_a_schema_it_says_what_to_say(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("SALES_KPIS_DUCKDB_PATH", str(tmp_path / "warehouse.duckdb"))
    duckdb.connect(str(tmp_path / "warehouse.duckdb")).close()
    assert main(["init"]) == 1
    assert "crm_schema: salesforce" in capsys.readouterr().out


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
