"""Settings that are wrong are refused by name, before anything is written."""

import pytest
from conftest import dbt

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
    {"input_dir": "extracts", "input_format": "xlsx"},
    {"small_group_minimum": 0},
    {"small_group_minimum": "5"},
    {"publish_rep_names": "yes"},
    {"publish_rep_names": 1},
    # what carries SQL, paths or Jinja into the database
    {"as_of_date": "2025-01-01' or '1'='1"},
    {"as_of_date": "{{ run_query('drop schema marts') }}"},
    {"reporting_start_date": "2025-01-01'); attach 'x.db' as x; --"},
    {"reporting_currency": "{{ 7 * 7 }}"},
    {"business_timezone": "../../etc/passwd"},
    {"sales_departments": ["{% do run_query('drop schema marts') %}"]},
    {"sales_departments": ["sales\\'; select 1; --"]},
    {"sales_departments": {"sales": 1}},
    {"customer_meeting_types": ["demo'); copy (select 1) to 'x"]},
    {"renewal_grace_days": "30 or 1=1"},
    {"small_group_minimum": "1; set enable_external_access = true"},
    {"input_dir": "/etc/{passwd,shadow}"},
    {"input_dir": "in\nout"},
    {"input_dir": "s3://bucket/extracts"},
    {"input_schema": '"marts"'},
    {"input_schema": "marts.kpi_scorecard"},
    {"input_schema": "extracts", "input_database": "x; drop database y"},
    {"x'; drop schema marts; --": 1},
]


@pytest.mark.parametrize("settings", REFUSED, ids=str)
def test_a_wrong_setting_is_refused_by_name(settings, project_on_seeds, capsys):
    """The setting that is wrong is the last one of each case."""
    result = project_on_seeds.invoke("run-operation", "check_settings", settings=settings)
    assert not result.success
    assert f"Setting '{list(settings)[-1]}'" in capsys.readouterr().out


@pytest.mark.parametrize(
    "settings, words",
    [
        ({"as_of_dat": "2025-01-01"}, "Setting 'as_of_dat' does not exist"),
        ({"as_of_date": "31.12.2025"}, "Setting 'as_of_date' is refused"),
        ({"fiscal_year_start_month": 13}, "Setting 'fiscal_year_start_month' is refused"),
        (
            {"input_dir": "extracts", "input_schema": "extracts"},
            "Setting 'input_schema' is refused: input_dir is set too",
        ),
    ],
    ids=str,
)
def test_a_build_with_a_wrong_setting_writes_nothing(settings, words, tmp_path):
    run = dbt(tmp_path, "build", settings=settings)
    assert run.code != 0
    assert words in run.output
    assert not run.warehouse.exists()


@pytest.mark.parametrize(
    "settings",
    [
        {"sales_departments": ["Satış & Pazarlama", "Key-Accounts"]},
        {"customer_meeting_types": ["DEMO ", "\u00a0call"]},
        {"reporting_currency": "eur", "as_of_date": "2024-02-29"},
        {"business_timezone": "Asia/Kathmandu", "fiscal_year_start_month": 12},
        {"renewal_grace_days": 0, "stale_after_days": 0, "conversion_window_days": 0},
    ],
    ids=str,
)
def test_an_unusual_setting_is_taken(settings, project_on_seeds):
    result = project_on_seeds.invoke("run-operation", "check_settings", settings=settings)
    assert result.success, result.exception


def test_a_label_is_lowered_letter_by_letter_as_in_the_data(project_on_seeds):
    """A capital sigma at the end of a word has another small letter in Python's eyes."""
    result = project_on_seeds.invoke(
        "compile", "-s", "int_job_assignments", settings={"sales_departments": ["ΠΩΛΗΣΕΙΣ", "İŞ I"]}
    )
    assert result.success, result.exception
    assert "('πωλησεισ', 'iş_i')" in result.result.results[0].node.compiled_code
