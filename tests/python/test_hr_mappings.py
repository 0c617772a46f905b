"""Workday's and BambooHR's exports as the tables of the contract."""

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from conftest import FIXTURE_SETTINGS, ParsedProject, Run
from extracts import fixture_rows, write_extract_of
from native_exports import bamboohr, bare, loaders_name, workday, write_objects
from native_exports.hr_traps import BAMBOOHR, WITHOUT_POSITIONS, WORKDAY, WORKDAYS_REPORTS, rows, settings_of
from tests.python.comparison import differences_from, reference_settings
from tests.python.reference import compute


def expressible(tables: dict, source: str, *employees: str | None) -> dict:
    """Without what an export cannot hold: a job of nobody who is employed, the given employees, and in BambooHR a job
    without a department, which is none there.

    Rows that break a rule stay.
    """
    kept = [row for row in tables["hr.employees"] if row["employee_id"] not in employees]
    known = {bare(row["employee_id"]) for row in kept}
    jobs = [row for row in tables["hr.job_assignments"] if bare(row["employee_id"]) in known]
    if source == "bamboohr":
        jobs = [row for row in jobs if bare(row["department"])]
    return {**tables, "hr.employees": kept, "hr.job_assignments": jobs}


#: a reason without a day of termination, an end before the hire (which is an earlier stint's there), and a nobody whose
#: job begins after the termination
NOT_IN_BAMBOOHR = ("EMP-8128", "EMP-8172", "EMP-8162", None)

#: name -> source, how its objects are made, settings, and the employees that it cannot express
EXPORTS = {
    # no flag there that says that an end before the hire is the last one's
    "Workday's reports": ("workday", workday.reports, {}, ("EMP-8162",)),
    # no salary there that could be wrong
    "Workday's tables": ("workday", workday.landed, {}, ("EMP-8129", "EMP-8130", "EMP-8131", "EMP-8172")),
    "BambooHR": ("bamboohr", bamboohr.export, bamboohr.SETTINGS, NOT_IN_BAMBOOHR),
}

NATIVE_ROWS = "assert_native_rows_are_mapped_or_excluded"


@pytest.fixture(scope="module")
def projects(tmp_path_factory) -> dict[str, ParsedProject]:
    """Source -> the project as it is with that source's exports."""
    return {
        source: ParsedProject(tmp_path_factory.mktemp(source), {"input_dir": "exports", "hr_source": source})
        for source in ("workday", "bamboohr")
    }


def built(project: ParsedProject, folder: Path, settings: dict, *arguments: str) -> Run:
    """FOLDER/in built into a warehouse of its own; each native row is mapped or left out."""
    warehouse = folder / "sales_kpis.duckdb"
    result = project.invoke(
        "build", *arguments, settings={**settings, "input_dir": str(folder / "in")}, warehouse=warehouse
    )
    assert result.success, result.exception or [row.message for row in result.result if row.message]
    assert NATIVE_ROWS in [row.node.name for row in result.result]
    return Run(0, "", warehouse)


@pytest.mark.parametrize("name", EXPORTS)
def test_the_fixture_gives_the_same_kpis_and_rejected_rows(name, projects, tmp_path):
    """And each native row is mapped or left out, which a data test counts."""
    source, export, settings, inexpressible = EXPORTS[name]
    tables = expressible(fixture_rows(), source, *inexpressible)
    write_extract_of(tables, tmp_path / "in")
    for file in (tmp_path / "in" / "hr").iterdir():
        file.unlink()
    write_objects(export(tables), tmp_path / "in" / source)
    run = built(
        projects[source], tmp_path, {**FIXTURE_SETTINGS, **settings, "hr_source": source},
        "--select", "+path:models/marts/reports", "+rejected_rows", "+input_row_counts", NATIVE_ROWS,
        "--exclude", "test_type:unit", "test_type:generic", "--indirect-selection", "cautious",
    )  # fmt: skip
    expected = compute(tables, reference_settings(FIXTURE_SETTINGS))
    found = differences_from(run, expected)
    assert [line for line in found if line.startswith("kpi_")] == []
    assert rejected(run.query("select source_table, row_key, reasons from marts.rejected_rows")) == rejected(
        (row["source_table"], row["row_key"], row["reasons"]) for row in expected.rejected
    )


def rejected(rows: Iterable[tuple[str, str, str]]) -> Counter:
    """Table, key without the white space that a mapping trims, and reasons of rejected rows, with how many there are."""
    return Counter((table, "|".join(map(bare, key.split("|"))), reasons) for table, key, reasons in rows)


def built_traps(
    project: ParsedProject, source: str, objects: dict, folder: Path, spelled: Callable[[str], str] = str
) -> Run:
    """The mapping of a source's objects alone, and what counts their rows."""
    write_objects({spelled(name): found for name, found in objects.items()}, folder / "in" / source, spelled)
    return built(
        project, folder, settings_of(source), "--select", source, f"input.{source}", NATIVE_ROWS
    )


@pytest.fixture(scope="module")
def workday_traps(projects, tmp_path_factory) -> Run:
    return built_traps(projects["workday"], "workday", WORKDAY, tmp_path_factory.mktemp("workday_traps"))


def of_workday(run: Run, table: str, *columns: str) -> list[tuple]:
    return run.query(f"select {', '.join(columns)} from input.workday__{table} order by all")


def jobs_of_workday(run: Run, *positions: str) -> list[tuple]:
    """Position, first and last day, native rows, why left out."""
    jobs = of_workday(run, "job_assignments", "native_id", "valid_from", "valid_to", "native_rows", "excluded_because")
    return [job for job in jobs if job[0] in positions]


def test_workdays_hire_date_has_a_time_zone_and_is_the_last_hires(workday_traps):
    assert ("E1", "2020-11-04", None) in of_workday(workday_traps, "employees", "employee_id", "hire_date", "excluded_because")


def test_workdays_old_versions_deleted_rows_and_rescinded_hires_are_left_out_with_their_positions(workday_traps):
    """That a hire was rescinded stands with the worker alone."""
    excluded = set(of_workday(workday_traps, "employees", "employee_id", "excluded_because"))
    assert {("E1", "old_version"), ("E3", "hire_rescinded"), ("E8", "deleted")} < excluded
    assert jobs_of_workday(workday_traps, "p3", "p8") == [
        ("p3", "2021-01-01", None, 1, "hire_rescinded"),
        ("p8", "2021-01-01", None, 1, "deleted"),
    ]


def test_workdays_end_is_the_last_day_employed_and_its_category_the_reason(workday_traps):
    """An end to come is an end."""
    ends = set(of_workday(workday_traps, "employees", "employee_id", "termination_date", "termination_reason"))
    assert {
        ("E2", "2025-03-31", "other"),
        ("E4", "2025-03-31", "Brand new category"),
        ("E6", "2027-01-31", "voluntary"),
    } < ends


def test_workdays_rehired_worker_has_no_end_and_the_stint_before_ended_with_its_own(workday_traps):
    now = of_workday(workday_traps, "employees", "employee_id", "hire_date", "termination_date", "termination_reason", "excluded_because")
    assert ("E5", "2024-02-01", None, None, None) in now
    spans = {(job[1], job[2]) for job in jobs_of_workday(workday_traps, "p5")}
    assert spans == {("2019-01-01", "2022-12-31"), ("2024-02-01", None)}


def test_workdays_rows_split_by_a_raise_are_one_job_and_a_gap_parts_two(workday_traps):
    """The days are the position's, not those of a change or a sync; every position counts."""
    assert jobs_of_workday(workday_traps, "p1", "p2") == [
        ("p1", "2018-01-01", None, 1, "old_version"),
        ("p1", "2021-01-01", "2023-06-30", 2, None),
        ("p1", "2024-01-01", None, 1, None),
        ("p2", "2022-05-01", None, 1, None),
    ]
    titles = of_workday(workday_traps, "job_assignments", "native_id", "valid_from", "job_title")
    assert ("p1", "2021-01-01", "Account manager") in titles


def test_workdays_department_and_team_are_organisations_of_two_types(workday_traps):
    teams = set(of_workday(workday_traps, "job_assignments", "native_id", "department", "team"))
    assert {("p1", "Sales", "North"), ("p2", "Sales", None)} <= teams


def test_workdays_end_before_the_hire_is_that_of_an_earlier_stint_unless_the_flag_says_otherwise(workday_traps):
    found = of_workday(workday_traps, "employees", "employee_id", "hire_date", "termination_date", "termination_reason", "excluded_because")
    assert ("E9", "2024-02-01", None, None, None) in found


def test_workdays_last_stint_counts_where_nothing_says_which_row_is_newer(workday_traps):
    """The jobs of the stint before stay, and end with it."""
    found = of_workday(workday_traps, "employees", "employee_id", "hire_date", "termination_date", "excluded_because")
    assert [row[1:] for row in found if row[0] == "E10"] == [
        ("2019-01-01", "2022-12-31", "earlier_stint"),
        ("2024-02-01", None, None),
    ]
    assert jobs_of_workday(workday_traps, "p10", "p11") == [
        ("p10", "2019-01-01", "2022-12-31", 1, None),
        ("p11", "2024-02-01", None, 1, None),
    ]


def test_workdays_position_in_two_departments_is_a_job_in_each_and_one_native_row(workday_traps):
    found = of_workday(workday_traps, "job_assignments", "native_id", "valid_from", "department", "native_rows")
    assert [job[1:] for job in found if job[0] == "p5"] == [
        ("2019-01-01", "Events", 1),
        ("2019-01-01", "Sales", 0),
        ("2024-02-01", "Events", 1),
        ("2024-02-01", "Sales", 0),
    ]


def test_workdays_contractors_are_left_out_however_their_type_is_spelled(workday_traps):
    assert jobs_of_workday(workday_traps, "p7") == [("p7", "2021-01-01", None, 1, "contractor")]
    assert ("E7", "contractor") in of_workday(workday_traps, "employees", "employee_id", "excluded_because")


def test_workdays_rows_that_break_a_rule_go_through_and_are_joined_with_none(workday_traps):
    assert jobs_of_workday(workday_traps, "p4", "p6") == [
        ("p4", "soon", None, 1, None),
        ("p6", "2021-01-01", "2026-12-31", 1, None),
        ("p6", "2021-06-01", "2021-03-01", 1, None),
    ]


def test_workdays_address_is_the_one_at_work_and_of_two_none(workday_traps):
    found = set(of_workday(workday_traps, "employees", "employee_id", "full_name", "email", "excluded_because"))
    assert {("E1", "Bea Example", "c@firm.example", None), ("E2", None, None, None), ("E4", None, None, None)} < found


def test_workdays_reports_leave_out_positions_with_their_workers_and_join_what_a_raise_split(projects, tmp_path):
    """A position of nobody who is reported goes through."""
    run = built_traps(projects["workday"], "workday", WORKDAYS_REPORTS, tmp_path)
    assert of_workday(run, "employees", "employee_id", "hire_date", "termination_date", "termination_reason", "excluded_because") == [
        ("E1", "2020-11-04", None, None, None),
        ("E2", "2021-01-01", None, None, "hire_rescinded"),
        ("E3", "2021-01-01", None, None, "contractor"),
        ("E4", "2021-01-01", "2025-03-31", "other", None),
        ("E6", "2019-01-01", "2022-12-31", None, "earlier_stint"),
        ("E6", "2024-02-01", None, None, None),
        ("E7", "2024-02-01", None, None, None),
    ]
    assert jobs_of_workday(run, "P1", "P2", "P3", "P4", "P5") == [
        ("P1", "2020-11-04", None, 2, None),
        ("P2", "2021-01-01", None, 1, "hire_rescinded"),
        ("P3", "2021-01-01", None, 1, "contractor"),
        ("P4", "2021-01-01", None, 1, "contractor"),
        ("P5", "2021-01-01", None, 1, None),
    ]


def test_workdays_report_without_positions_joins_rows_of_one_department_and_team(projects, tmp_path):
    """Else the raise in one team would be the newest job, and hide the other team."""
    run = built_traps(projects["workday"], "workday", WITHOUT_POSITIONS, tmp_path)
    assert of_workday(run, "job_assignments", "team", "valid_from", "valid_to", "native_rows") == [
        ("T1", "2022-01-01", None, 2),
        ("T2", "2024-06-01", None, 1),
    ]


#: name -> objects that are there, settings, the error
REFUSED = {
    "tables and reports": (
        {**WORKDAY, "workers": rows({"Employee_ID": "E1", "Hire_Date": "2021-01-01"})},
        {},
        "there are both worker_history and workers; say with the setting absent_inputs which is not to be read",
    ),
    "no organisations": (
        {name: found for name, found in WORKDAY.items() if name != "organization"},
        {},
        "Input workday.organization: ",
    ),
    "a type that no organisation is of": (
        WORKDAY,
        {"department_organization_type": "Business Unit"},
        "organisations have the types Cost_Center, DEPARTMENT, SUPERVISORY, TEAM (given: Business Unit)",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_workdays_exports_that_give_no_jobs_stop_the_run(name, projects, tmp_path):
    objects, settings, error = REFUSED[name]
    write_objects(objects, tmp_path / "in" / "workday")
    result = projects["workday"].invoke(
        "build", "--select", "+input.workday", warehouse=tmp_path / "sales_kpis.duckdb",
        settings={**settings_of("workday"), **settings, "input_dir": str(tmp_path / "in")},
    )  # fmt: skip
    assert not result.success
    said = [str(result.exception), *(str(row.message) for row in getattr(result.result, "results", []))]
    assert any(error in text for text in said), said


@pytest.fixture(scope="module")
def bamboohr_traps(projects, tmp_path_factory) -> Run:
    return built_traps(projects["bamboohr"], "bamboohr", BAMBOOHR, tmp_path_factory.mktemp("bamboohr_traps"))


def of_bamboohr(run: Run, table: str, *columns: str) -> list[tuple]:
    return run.query(f"select {', '.join(columns)} from input.bamboohr__{table} order by all")


def jobs_of_bamboohr(run: Run, *employees: str) -> list[tuple]:
    """Employee, first and last day, native rows, why left out."""
    jobs = of_bamboohr(run, "job_assignments", "employee_id", "valid_from", "valid_to", "native_rows", "excluded_because")
    return [job for job in jobs if job[0] in employees]


def test_bamboohrs_employees_go_by_their_number_and_zeros_are_no_day(bamboohr_traps):
    found = of_bamboohr(bamboohr_traps, "employees", "native_id", "employee_id", "hire_date", "termination_date")
    assert ("1", "E1", "2024-02-01", None) in found and ("2", "E2", "2021-01-01", "2025-03-31") in found
    assert ("9", None, "2021-01-01", None) in found


def test_bamboohrs_reason_is_the_type_of_the_last_termination(bamboohr_traps):
    """That of a first stint is not; a type without a word goes through."""
    found = dict(of_bamboohr(bamboohr_traps, "employees", "employee_id", "termination_reason"))
    assert (found["E1"], found["E2"], found["E4"]) == (None, "involuntary", "Moved to the moon")


def test_bamboohrs_pay_rate_is_no_annual_salary(bamboohr_traps):
    """With its currency behind it, it would have each employee rejected."""
    assert {row[0] for row in of_bamboohr(bamboohr_traps, "employees", "annual_salary")} == {None}


def test_bamboohrs_job_ends_before_the_next_or_with_its_stint(bamboohr_traps):
    """A rehired employee's first stint ended with the resignation; a row without a department ends the job, too."""
    assert jobs_of_bamboohr(bamboohr_traps, "E1", "E2") == [
        ("E1", "2020-01-01", "2021-04-30", 1, None),
        ("E1", "2021-05-01", "2022-12-31", 1, None),
        ("E1", "2024-02-01", None, 1, None),
        ("E1", "2024-06-01", None, 1, None),
        ("E2", "2021-01-01", "2021-12-31", 1, None),
        ("E2", "2022-01-01", "2022-12-31", 1, "no_department"),
        ("E2", "2023-01-01", "2025-03-31", 1, None),
    ]


def test_bamboohrs_job_goes_on_after_a_rehire_that_changed_nothing(bamboohr_traps):
    """One native row; the end of the first stint, still with the employee, is none of the second."""
    assert jobs_of_bamboohr(bamboohr_traps, "E5") == [
        ("E5", "2020-01-01", "2022-12-31", 1, None),
        ("E5", "2024-02-01", None, 0, None),
    ]
    found = of_bamboohr(bamboohr_traps, "employees", "employee_id", "hire_date", "termination_date", "termination_reason")
    assert ("E5", "2024-02-01", None, None) in found


def test_bamboohrs_employee_who_was_hired_and_left_on_one_day_has_left(bamboohr_traps):
    """employmentStatus says so where terminationDate is blank; a job that begins later is none."""
    assert jobs_of_bamboohr(bamboohr_traps, "E8") == [
        ("E8", "2021-01-01", "2021-01-01", 1, None),
        ("E8", "2021-06-01", None, 1, "after_termination"),
    ]
    found = of_bamboohr(bamboohr_traps, "employees", "employee_id", "termination_date", "termination_reason")
    assert ("E8", "2021-01-01", "other") in found


def test_bamboohrs_last_termination_counts_and_ends_the_job_with_the_employee(bamboohr_traps):
    """The employee's own day goes before that of the status; a second job without a department is none."""
    found = of_bamboohr(bamboohr_traps, "employees", "employee_id", "termination_date", "termination_reason")
    assert {("E10", "2024-05-31", "involuntary"), ("E11", "2025-05-31", "other")} <= set(found)
    assert jobs_of_bamboohr(bamboohr_traps, "E10", "E11") == [
        ("E10", "2023-01-01", "2024-05-31", 1, None),
        ("E10", "2023-06-01", "2024-05-31", 1, "no_department"),
        ("E11", "2021-01-01", "2025-05-31", 1, None),
    ]


def test_bamboohrs_employee_who_left_and_was_hired_again_on_one_day_is_employed(bamboohr_traps):
    found = of_bamboohr(bamboohr_traps, "employees", "employee_id", "hire_date", "termination_date", "termination_reason")
    assert ("E12", "2024-02-01", None, None) in found
    assert jobs_of_bamboohr(bamboohr_traps, "E12") == [
        ("E12", "2021-01-01", "2024-01-31", 1, None),
        ("E12", "2024-02-01", None, 1, None),
    ]


def test_bamboohrs_last_stint_counts_of_two_records_that_changed_at_once(bamboohr_traps):
    found = of_bamboohr(bamboohr_traps, "employees", "native_id", "employee_id", "excluded_because")
    assert {("13", "E13", "earlier_stint"), ("14", "E13", None)} <= set(found)
    assert jobs_of_bamboohr(bamboohr_traps, "E13") == [
        ("E13", "2019-01-01", "2022-12-31", 1, None),
        ("E13", "2024-02-01", None, 1, None),
    ]


def test_bamboohrs_contractors_are_left_out_until_they_are_hired(bamboohr_traps):
    excluded = dict(of_bamboohr(bamboohr_traps, "employees", "employee_id", "excluded_because"))
    assert (excluded["E3"], excluded["E6"]) == ("contractor", None)
    assert jobs_of_bamboohr(bamboohr_traps, "E3", "E6") == [
        ("E3", "2021-01-01", None, 1, "contractor"),
        ("E3", "2024-06-01", None, 1, "contractor"),
        ("E6", "2022-01-01", "2023-06-30", 1, "contractor"),
        ("E6", "2023-07-01", None, 0, None),
    ]


def test_bamboohrs_jobs_of_one_day_end_together_and_a_day_that_is_none_goes_through(bamboohr_traps):
    assert jobs_of_bamboohr(bamboohr_traps, "E7") == [
        ("E7", "2021-01-01", "2021-12-31", 1, None),
        ("E7", "2021-01-01", "2021-12-31", 1, None),
        ("E7", "2022-01-01", None, 1, None),
        ("E7", "soon", None, 1, None),
    ]


def test_bamboohrs_division_is_the_team_and_a_second_job_is_a_job(bamboohr_traps):
    jobs = of_bamboohr(bamboohr_traps, "job_assignments", "employee_id", "valid_from", "department", "team")
    assert ("E1", "2020-01-01", "Sales", "North") in jobs
    assert ("E1", "2024-06-01", "Marketing", "Events") in jobs


def test_bamboohrs_manager_is_an_id_or_a_name_that_one_employee_has(bamboohr_traps):
    managers = of_bamboohr(bamboohr_traps, "job_assignments", "valid_from", "manager_employee_id", "employee_id")
    assert [row[:2] for row in managers if row[2] == "E1"][:3] == [
        ("2020-01-01", "E6"), ("2021-05-01", "E6"), ("2024-02-01", "Two of a Name"),
    ]  # fmt: skip


@pytest.mark.parametrize("spelled", [loaders_name, str.lower, str.upper])
def test_bamboohrs_exports_are_the_same_in_any_spelling(spelled, bamboohr_traps, projects, tmp_path):
    run = built_traps(projects["bamboohr"], "bamboohr", BAMBOOHR, tmp_path, spelled)
    for table in ("employees", "job_assignments"):
        assert of_bamboohr(run, table, "*") == of_bamboohr(bamboohr_traps, table, "*")
