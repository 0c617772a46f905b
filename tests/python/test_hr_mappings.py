"""Workday's and BambooHR's exports as the tables of the contract."""

from collections import Counter
from pathlib import Path

import pytest

from conftest import FIXTURE_SETTINGS, Run, dbt
from extracts import fixture_rows, write_extract_of
from native_exports import bamboohr, bare, workday, write_objects
from tests.python.comparison import differences_of_company, reference_settings
from tests.python.reference import TABLES, compute


def expressible(tables: dict) -> dict:
    """Without what such an export cannot hold: a job of nobody who is employed, two employees without an id.

    Rows that break a rule stay.
    """
    employees = {bare(row["employee_id"]) for row in tables["hr.employees"]}
    return {
        **tables,
        "hr.job_assignments": [row for row in tables["hr.job_assignments"] if bare(row["employee_id"]) in employees],
    }


EXPORTS = {
    "Workday's reports": ("workday", workday.reports),
    "Workday's tables": ("workday", workday.landed),
    "BambooHR": ("bamboohr", bamboohr.export),
}


def mapped(source: str, objects: dict, tables: dict, folder: Path) -> Run:
    """The fixture's company with its HR system's exports in place of the contract's tables."""
    write_extract_of(tables, folder / "in")
    for file in (folder / "in" / "hr").iterdir():
        file.unlink()
    write_objects(objects, folder / "in" / source)
    settings = {**FIXTURE_SETTINGS, "input_dir": str(folder / "in"), "hr_source": source}
    run = dbt(folder, "build", settings=settings)
    assert run.code == 0, run.output
    return run


@pytest.mark.parametrize("name", EXPORTS)
def test_the_fixture_gives_the_same_kpis(name, tmp_path):
    source, export = EXPORTS[name]
    tables = expressible(fixture_rows())
    run = mapped(source, export(tables), tables, tmp_path)
    found = differences_of_company(run, tables, FIXTURE_SETTINGS)
    assert [line for line in found if line.startswith("kpi_")] == []
    if name != "Workday's reports":
        return
    # the others have no salary, or no reason for a termination without a day
    ours, expected = (
        Counter((table, "|".join(map(bare, key.split("|"))), reasons) for table, key, reasons in rows)
        for rows in (
            run.query("select source_table, row_key, reasons from marts.rejected_rows"),
            [
                (row["source_table"], row["row_key"], row["reasons"])
                for row in compute(tables, reference_settings(FIXTURE_SETTINGS)).rejected
            ],
        )
    )
    assert ours == expected


# the traps: a row for each, in one small company per system


def rows(*given: dict, **columns: str) -> list[dict]:
    """Rows of an object, each with all columns: those given, else the default."""
    names = dict.fromkeys([*columns, *(name for row in given for name in row)])
    return [{name: row.get(name, columns.get(name)) for name in names} for row in given]


WORKDAY = {
    "worker_history": rows(
        {"id": "w1", "worker_code": "E1", "hire_date": "2020-11-04-08:00"},
        {"id": "w1", "worker_code": "E1", "hire_date": "2019-01-01", "_fivetran_active": "false"},
        {"id": "w2", "worker_code": "E2", "termination_date": "2025-03-31", "termination_last_day_of_work": "2025-03-10",
         "primary_termination_category": "Death", "termination_involuntary": "false"},
        {"id": "w3", "worker_code": "E3", "hire_rescinded": "true"},
        {"id": "w4", "worker_code": "E4", "termination_date": "2025-03-31",
         "primary_termination_category": "Brand new category"},
        hire_date="2021-01-01", original_hire_date="2001-01-01", _fivetran_active="true", hire_rescinded="false",
    ),
    "worker_position_history": rows(
        {"worker_id": "w1", "position_id": "p1", "start_date": "2021-01-01", "end_date": "2021-12-31"},
        {"worker_id": "w1", "position_id": "p1", "start_date": "2022-01-01", "end_date": "2023-06-30"},
        {"worker_id": "w1", "position_id": "p1", "start_date": "2024-01-01"},
        {"worker_id": "w1", "position_id": "p2", "start_date": "2022-05-01", "is_primary_job": "false"},
        {"worker_id": "w1", "position_id": "p1", "start_date": "2018-01-01", "_fivetran_active": "false"},
        {"worker_id": "w2", "position_id": "p3", "start_date": "2021-01-01", "employee_type": "Contractor"},
        {"worker_id": "w4", "position_id": "p4", "start_date": "soon"},
        effective_date="2026-01-01", _fivetran_start="2026-02-02T00:00:00Z", _fivetran_active="true",
        employee_type="Regular",
    ),
    "worker_position_organization_history": rows(
        {"worker_id": "w1", "position_id": "p1", "organization_id": "o1"},
        {"worker_id": "w1", "position_id": "p1", "organization_id": "o2"},
        {"worker_id": "w1", "position_id": "p1", "organization_id": "o3"},
        {"worker_id": "w1", "position_id": "p1", "organization_id": "o4", "_fivetran_active": "false"},
        {"worker_id": "w1", "position_id": "p2", "organization_id": "o1"},
        _fivetran_active="true",
    ),
    "organization": rows(
        {"id": "o1", "name": "Sales", "type": "Department"},
        {"id": "o2", "name": "North", "type": "Team"},
        {"id": "o3", "name": "Cost center 7", "type": "Cost Center"},
        {"id": "o4", "name": "A team of before", "type": "Team"},
    ),
}


@pytest.fixture(scope="module")
def workday_traps(tmp_path_factory) -> Run:
    return built_input("workday", WORKDAY, tmp_path_factory.mktemp("workday_traps"))


def built_input(source: str, objects: dict, folder: Path) -> Run:
    write_objects(objects, folder / "in" / source)
    settings = {
        "input_dir": str(folder / "in"),
        "hr_source": source,
        "absent_inputs": [table for table in TABLES if not table.startswith("hr.")],
    }
    run = dbt(folder, "build", "--select", source, f"input.{source}", settings=settings)
    assert run.code == 0, run.output
    return run


def of_workday(run: Run, table: str, *columns: str) -> list[tuple]:
    return run.query(f"select {', '.join(columns)} from input.workday__{table} order by all")


def test_workdays_hire_date_has_a_time_zone_and_is_the_last_hires(workday_traps):
    assert ("E1", "2020-11-04", None) in of_workday(workday_traps, "employees", "employee_id", "hire_date", "excluded_because")


def test_workdays_old_versions_and_rescinded_hires_are_left_out(workday_traps):
    excluded = of_workday(workday_traps, "employees", "employee_id", "excluded_because")
    assert ("E1", "old_version") in excluded and ("E3", "hire_rescinded") in excluded


def test_workdays_end_is_the_last_day_employed_and_its_category_the_reason(workday_traps):
    ends = of_workday(workday_traps, "employees", "employee_id", "termination_date", "termination_reason")
    assert ("E2", "2025-03-31", "other") in ends and ("E4", "2025-03-31", "Brand new category") in ends


def test_workdays_rows_split_by_a_raise_are_one_job_and_a_gap_parts_two(workday_traps):
    """The days are the position's, not those of a change or a sync; every position counts."""
    jobs = of_workday(workday_traps, "job_assignments", "native_id", "valid_from", "valid_to", "native_rows", "excluded_because")
    assert [job for job in jobs if job[0] in ("p1", "p2")] == [
        ("p1", "2018-01-01", None, 1, "old_version"),
        ("p1", "2021-01-01", "2023-06-30", 2, None),
        ("p1", "2024-01-01", None, 1, None),
        ("p2", "2022-05-01", None, 1, None),
    ]


def test_workdays_department_and_team_are_organisations_of_two_types(workday_traps):
    teams = set(of_workday(workday_traps, "job_assignments", "native_id", "department", "team"))
    assert {("p1", "Sales", "North"), ("p2", "Sales", None)} <= teams


def test_workdays_contractors_are_left_out_and_a_day_that_is_none_goes_through(workday_traps):
    jobs = of_workday(workday_traps, "job_assignments", "native_id", "valid_from", "excluded_because")
    assert ("p3", "2021-01-01", "contractor") in jobs and ("p4", "soon", None) in jobs


BAMBOOHR = {
    "employees": rows(
        {"id": "1", "employeeNumber": "E1", "hireDate": "2024-02-01", "originalHireDate": "2020-01-01"},
        {"id": "2", "employeeNumber": "E2", "terminationDate": "2025-03-31"},
        {"id": "3", "employeeNumber": "E3"},
        {"id": "4", "employeeNumber": "E4", "terminationDate": "2025-03-31"},
        hireDate="2021-01-01", originalHireDate="0000-00-00", terminationDate="0000-00-00",
    ),
    "jobInfo": rows(
        {"employeeId": "1", "date": "2020-01-01", "reportsTo": "E9"},
        {"employeeId": "1", "date": "2021-05-01", "division": "South"},
        {"employeeId": "1", "date": "2024-02-01"},
        {"employeeId": "2", "date": "2021-01-01"},
        {"employeeId": "2", "date": "2022-01-01", "department": None},
        {"employeeId": "2", "date": "2023-01-01"},
        {"employeeId": "3", "date": "2021-01-01"},
        department="Sales", division="North", reportsTo=None,
    ),
    "employmentStatus": rows(
        {"employeeId": "1", "date": "2020-01-01"},
        {"employeeId": "1", "date": "2022-12-31", "employmentStatus": "Terminated",
         "terminationTypeId": "Resignation (Voluntary)"},
        {"employeeId": "1", "date": "2024-02-01"},
        {"employeeId": "2", "date": "2021-01-01"},
        {"employeeId": "2", "date": "2025-03-31", "employmentStatus": "Terminated",
         "terminationTypeId": "Termination (Involuntary)"},
        {"employeeId": "3", "date": "2021-01-01", "employmentStatus": "Contractor"},
        {"employeeId": "4", "date": "2021-01-01"},
        {"employeeId": "4", "date": "2025-03-31", "employmentStatus": "Terminated", "terminationTypeId": "Moved to the moon"},
        employmentStatus="Full-Time", terminationTypeId=None,
    ),
    "secondJobs": rows(
        {"employeeId": "1", "startDate": "2024-06-01", "department": "Marketing", "division": "Events"},
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def bamboohr_traps(tmp_path_factory) -> Run:
    return built_input("bamboohr", BAMBOOHR, tmp_path_factory.mktemp("bamboohr_traps"))


def of_bamboohr(run: Run, table: str, *columns: str) -> list[tuple]:
    return run.query(f"select {', '.join(columns)} from input.bamboohr__{table} order by all")


def test_bamboohrs_employees_go_by_their_number_and_zeros_are_no_day(bamboohr_traps):
    found = of_bamboohr(bamboohr_traps, "employees", "native_id", "employee_id", "hire_date", "termination_date")
    assert ("1", "E1", "2024-02-01", None) in found and ("2", "E2", "2021-01-01", "2025-03-31") in found


def test_bamboohrs_reason_is_the_type_of_the_termination_on_that_day(bamboohr_traps):
    """That of a first stint is not; a type without a word goes through."""
    found = dict(of_bamboohr(bamboohr_traps, "employees", "employee_id", "termination_reason"))
    assert (found["E1"], found["E2"], found["E4"]) == (None, "involuntary", "Moved to the moon")


def test_bamboohrs_job_ends_before_the_next_or_with_its_stint(bamboohr_traps):
    """A rehired employee's first stint ended with the resignation; a row without a department ends the job, too."""
    jobs = of_bamboohr(bamboohr_traps, "job_assignments", "employee_id", "valid_from", "valid_to", "excluded_because")
    assert [job for job in jobs if job[0] in ("E1", "E2")] == [
        ("E1", "2020-01-01", "2021-04-30", None),
        ("E1", "2021-05-01", "2022-12-31", None),
        ("E1", "2024-02-01", None, None),
        ("E1", "2024-06-01", None, None),
        ("E2", "2021-01-01", "2021-12-31", None),
        ("E2", "2022-01-01", "2022-12-31", "no_department"),
        ("E2", "2023-01-01", "2025-03-31", None),
    ]


def test_bamboohrs_contractors_are_left_out(bamboohr_traps):
    assert ("E3", "contractor") in of_bamboohr(bamboohr_traps, "employees", "employee_id", "excluded_because")
    assert ("E3", "contractor") in of_bamboohr(bamboohr_traps, "job_assignments", "employee_id", "excluded_because")


def test_bamboohrs_division_is_the_team_and_a_second_job_is_a_job(bamboohr_traps):
    jobs = of_bamboohr(bamboohr_traps, "job_assignments", "employee_id", "valid_from", "department", "team", "manager_employee_id")
    assert ("E1", "2020-01-01", "Sales", "North", "E9") in jobs
    assert ("E1", "2024-06-01", "Marketing", "Events", None) in jobs
