"""Settings that are wrong are refused by name, before anything is written."""
import pytest
import yaml
from dbt.cli.main import dbtRunner

from conftest import ROOT, dbt

REFUSED = [
    {"as_of_dat": "2025-01-01"},
    {"as_of_date": "yesterday"},
    {"as_of_date": "2025-02-29"},
    {"as_of_date": "1899-12-31"},
    {"as_of_date": "2025-01-01T00:00:00"},
    {"as_of_date": 20250101},
    {"as_of_date": None},
    {"as_of_date": ""},
    {"reporting_start_date": "2026-11-16"},
    {"reporting_currency": "T"},
    {"reporting_currency": "TRY'; drop table marts.kpi_scorecard; --"},
    {"base_currency": ["TRY"]},
    {"business_timezone": "Europe/Constantinopel"},
    {"business_timezone": "UTC'))--"},
    {"fiscal_year_start_month": 13},
    {"fiscal_year_start_month": 0},
    {"fiscal_year_start_month": "4"},
    {"fiscal_year_start_month": True},
    {"fiscal_year_start_month": 1.5},
    {"sales_departments": []},
    {"sales_departments": "sales"},
    {"sales_departments": ["sales", " "]},
    {"sales_departments": ["sales') or 1=1 --"]},
    {"sales_departments": [7]},
    {"customer_meeting_types": ["meeting", "lunch"]},
    {"renewal_grace_days": -1},
    {"stale_after_days": "30"},
    {"conversion_window_days": None},
    {"input_dir": ""},
    {"input_dir": "extracts') union select * from read_text('/etc/passwd"},
    {"input_dir": "https://example.invalid/extracts"},
    {"input_dir": "extracts/*"},
    {"input_schema": "raw; drop schema marts"},
    {"input_schema": "extracts", "input_database": "a.b"},
    {"input_database": "other"},
    {"input_format": "parquet"},
    {"input_format": "xlsx", "input_dir": "extracts"},
]


@pytest.mark.parametrize("settings", REFUSED, ids=str)
def test_a_wrong_setting_is_refused_by_name(settings, tmp_path, monkeypatch):
    """The setting that is wrong is the last one of each case."""
    monkeypatch.setenv("SALES_KPIS_DUCKDB_PATH", str(tmp_path / "sales_kpis.duckdb"))
    result = dbtRunner().invoke([
        "--quiet", "parse", "--vars", yaml.safe_dump(settings), "--target-path", str(tmp_path),
        "--project-dir", str(ROOT), "--profiles-dir", str(ROOT),
    ])
    assert not result.success
    name = list(settings)[-1]
    assert f"Setting '{name}'" in str(result.exception)
    assert not (tmp_path / "sales_kpis.duckdb").exists()


def test_a_folder_and_a_schema_at_once_are_one_error(tmp_path):
    run = dbt(tmp_path, "build", settings={"input_dir": "extracts", "input_schema": "extracts"})
    assert run.code != 0
    assert "Setting 'input_schema' is refused: input_dir is set too" in run.output
    assert not run.warehouse.exists()


@pytest.mark.parametrize("settings", [
    {"sales_departments": ["Satış & Pazarlama", "Key-Accounts"], "customer_meeting_types": ["DEMO "]},
    {"reporting_currency": "eur", "as_of_date": "2024-02-29", "business_timezone": "Asia/Kathmandu"},
], ids=str)
def test_settings_are_cleaned_like_the_data(settings, tmp_path):
    run = dbt(tmp_path, "parse", settings=settings)
    assert run.code == 0, run.output
