"""Input files that cannot be read stop the run with one line; nothing is ever silently wrong."""
import pytest

from conftest import dbt
from test_build import seed_rows, write_extract
from tests.python.reference import TABLES

SETTINGS = {"as_of_date": "2026-11-15", "reporting_start_date": "2026-01-01"}


@pytest.fixture
def extracts(tmp_path):
    """A folder of small extracts: twenty rows a table."""
    for table in TABLES:
        header, rows = seed_rows(table)
        write_extract(tmp_path / "in", table, header, rows[:20])
    return tmp_path / "in"


def refused(tmp_path, extracts, *words: str) -> None:
    """The run stops before the first model, and one line says all of the words."""
    run = dbt(tmp_path, "build", settings={**SETTINGS, "input_dir": str(extracts)})
    assert run.code != 0, run.output
    assert any(all(word in line for word in words) for line in run.output.splitlines()), run.output
    assert run.query("select count(*) from information_schema.tables") == [(0,)]


def change(path, before: bytes, after: bytes) -> None:
    content = path.read_bytes()
    assert before in content
    path.write_bytes(content.replace(before, after, 1))


def test_a_missing_file(tmp_path, extracts):
    (extracts / "crm" / "invoices.csv").unlink()
    refused(tmp_path, extracts, "crm.invoices", "there is no file", "crm/invoices.csv")


def test_a_missing_folder(tmp_path, extracts):
    refused(tmp_path, extracts / "elsewhere", "crm.accounts", "there is no file")


def test_an_empty_file(tmp_path, extracts):
    (extracts / "hr" / "employees.csv").write_bytes(b"")
    refused(tmp_path, extracts, "hr.employees", "employees.csv", "empty")


def test_a_missing_column(tmp_path, extracts):
    change(extracts / "crm" / "leads.csv", b"disqualified_at", b"disqualified")
    refused(tmp_path, extracts, "crm.leads", "leads.csv", "no column disqualified_at")


def test_a_column_in_another_case(tmp_path, extracts):
    change(extracts / "crm" / "leads.csv", b"lead_id", b"Lead_ID")
    refused(tmp_path, extracts, "crm.leads", "no column lead_id")


def test_the_same_column_twice(tmp_path, extracts):
    change(extracts / "crm" / "leads.csv", b"company_name", b"LEAD_ID")
    refused(tmp_path, extracts, "crm.leads", "two columns called LEAD_ID")


def test_semicolons_instead_of_commas(tmp_path, extracts):
    path = extracts / "crm" / "users.csv"
    path.write_bytes(path.read_bytes().replace(b",", b";"))
    refused(tmp_path, extracts, "crm.users", "no column user_id")


def test_a_file_in_utf_16(tmp_path, extracts):
    path = extracts / "crm" / "users.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    refused(tmp_path, extracts, "users.csv")


def test_a_missing_table_of_a_schema(tmp_path):
    run = dbt(tmp_path, "build", settings={**SETTINGS, "input_schema": "extracts"})
    assert run.code != 0
    assert "there is no table" in run.output and "crm_accounts" in run.output


@pytest.mark.parametrize("content", [
    pytest.param(b"U1,A,,\nU2,B\n", id="a field too few"),
    pytest.param(b"U1,A,,\nU2,B,,,\n", id="a field too many"),
    pytest.param(b"U1,A,,\nTOPLAM,30\n", id="a footer"),
    pytest.param(b'U1,"A,,\nU2,B,,\n', id="a quote never closed"),
    pytest.param(b'U1,"A"x,,\nU2,B,,\n', id="text behind a closing quote"),
    pytest.param("U1,Şule,,\n".encode("cp1254"), id="Windows-1254"),
])
def test_rows_that_are_no_csv_stop_the_build(content, tmp_path, extracts):
    """Not all models need the file, so some are built; the ones that do are not, and the build fails."""
    (extracts / "crm" / "users.csv").write_bytes(b"user_id,full_name,email,employee_id\n" + content)
    run = dbt(tmp_path, "build", settings={**SETTINGS, "input_dir": str(extracts)})
    assert run.code != 0
    assert "users.csv" in run.output
    assert run.query("select count(*) from information_schema.tables where table_name = 'kpi_scorecard'") == [(0,)]


def test_values_that_only_look_strange_load_as_they_are(tmp_path, extracts):
    """Line breaks and quotes in quotes, NA, formulas, Jinja, long texts, ids with zeros: text is text."""
    names = ['a\n"b"\r\nc, d', "NA", "null", "=HYPERLINK(1)", "{{ 1/0 }}", "'; drop table x; --", "x" * 200_000]
    write_extract(
        extracts, "crm.users", ["user_id", "full_name", "email", "employee_id"],
        [[f"00{number}", name, "", "29051_00040"] for number, name in enumerate(names)],
    )
    run = dbt(tmp_path, "build", settings={**SETTINGS, "input_dir": str(extracts)})
    assert run.code == 0, run.output
    rows = run.query("select user_id, full_name, employee_id from staging.stg_crm__users order by user_id")
    assert rows == [(f"00{number}", name, "29051_00040") for number, name in enumerate(names)]
