"""What rests on an input that does not exist is null and called not measured, never zero."""

from pathlib import Path

import pytest

from conftest import FIXTURE_SETTINGS, Run, dbt_here
from extracts import fixture_rows, write_extract_of

#: input -> KPI -> its figures that rest on it; `*` for all of them. From the specification's sections 3 and 4:
#: what each figure is over.
RESTS_ON = {
    "crm.contracts": {"annual_contract_value": "*", "customer_referrals": "*", "customer_retention": "*"},
    "crm.invoices": {"customer_lifetime_value": "average_clv median_clv p90_clv total_spend"},
    "crm.referrals": {"customer_referrals": "*"},
    "crm.activities": {
        "rep_ramp_up_time": "average_ramp_up_days median_ramp_up_days ramped_reps left_before_ramp_reps ramping_reps",
        "lead_waiting_time": "average_idle_days stale_leads",
    },
    "crm.leads": {
        "new_pipeline_leads": "*",
        "lead_waiting_time": "*",
        "lead_conversion_rate": "*",
        "customer_referrals": "won_referrals referral_conversion_rate",
    },
    "crm.opportunities": {
        "lead_waiting_time": "*",
        "lead_conversion_rate": "conversion_rate won_leads lost_leads open_leads conversion_rate_in_window"
        " average_days_to_win win_rate",
        "rep_ramp_up_time": "average_days_to_first_win",
        "customer_referrals": "won_referrals referral_conversion_rate",
    },
    "hr.employees": {"sales_team_retention": "*", "rep_ramp_up_time": "*"},
    "hr.job_assignments": {"sales_team_retention": "*", "rep_ramp_up_time": "*"},
}
REPORTS = {
    "crm.contracts": ["contract_value_bridge", "customer_cohorts"],
    "crm.leads": ["lead_funnel", "open_lead_ageing"],
    "crm.opportunities": ["lead_funnel", "open_lead_ageing"],
    "crm.activities": ["ramp_up_curve"],
    "hr.employees": ["ramp_up_curve"],
    "hr.job_assignments": ["ramp_up_curve"],
}
COMPANY = "where dimension = 'company' and period_start >= '2025-01-01' and is_complete"


@pytest.fixture(scope="module")
def extracts(tmp_path_factory) -> Path:
    return write_extract_of(fixture_rows(), tmp_path_factory.mktemp("extracts"))


def build_without(tables: list[str], extracts: Path, folder: Path, command: str = "run") -> Run:
    """The company without some inputs, whose files are not there either."""
    for file in extracts.rglob("*.csv"):
        if f"{file.parent.name}.{file.stem}" not in tables:
            copy = folder / "in" / file.relative_to(extracts)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.hardlink_to(file)
    settings = {**FIXTURE_SETTINGS, "input_dir": str(folder / "in"), "absent_inputs": tables}
    return dbt_here(folder, command, settings=settings)


# each input is in one group, and no two of a group feed one figure
@pytest.mark.parametrize(
    "tables",
    [
        pytest.param(tables, id=" and ".join(tables))
        for tables in (
            ["crm.contracts", "crm.activities"],
            ["crm.invoices", "crm.referrals", "crm.leads"],
            ["crm.opportunities", "hr.employees", "hr.job_assignments"],
        )
    ],
)
def test_what_rests_on_an_absent_input_is_null(tables, extracts, fixture_build, tmp_path):
    # the data tests hold, too
    run = build_without(tables, extracts, tmp_path, "build")
    assert run.code == 0, run.output
    assert run.output.count("Absent inputs: ") == 1
    for kpi, column, is_the_kpi in fixture_build.query(
        "select kpi, column_name, figure_number = 1 from marts.dim_kpi_figures"
    ):
        is_absent = any(
            column in RESTS_ON[table].get(kpi, "").split() or RESTS_ON[table].get(kpi) == "*" for table in tables
        )
        ((values, rows),) = run.query(f"select count({column}), count(*) from marts.kpi_{kpi} {COMPANY}")
        ((values_of_all,),) = fixture_build.query(f"select count({column}) from marts.kpi_{kpi} {COMPANY}")
        assert values == (0 if is_absent else values_of_all), (kpi, column)
        assert rows > 10
        if is_the_kpi:
            statuses = {row[0] for row in run.query(f"select status from marts.kpi_scorecard where kpi = '{kpi}'")}
            assert statuses == {"not_measured"} if is_absent else "not_measured" not in statuses, kpi
    for report in {report for table in tables for report in REPORTS.get(table, [])}:
        assert run.query(f"select count(*) from marts.rpt_{report}") == [(0,)]
    if "crm.activities" in tables:
        assert run.query("select count(stale_leads), count(*) > 0 from marts.rpt_open_lead_ageing") == [(0, True)]


def test_neither_contracts_nor_invoices_leave_no_customer_to_count(extracts, tmp_path):
    run = build_without(["crm.contracts", "crm.invoices"], extracts, tmp_path)
    assert run.code == 0, run.output
    assert run.query("select count(customers) from marts.kpi_customer_lifetime_value") == [(0,)]


def test_an_input_that_is_missing_without_being_named_is_an_error(extracts, tmp_path):
    run = dbt_here(tmp_path, "build", settings={**FIXTURE_SETTINGS, "input_dir": str(extracts / "crm")})
    assert run.code != 0
    assert "if it does not exist, say so with the setting absent_inputs" in " ".join(run.output.split())
