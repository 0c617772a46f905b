"""Input files that cannot be read stop the run with one line; nothing is ever silently wrong."""

import duckdb
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


def errors_of(result) -> str:
    """All that a dbt command said of what went wrong."""
    return "\n".join([str(result.exception), *(item.message or "" for item in result.result or [])])


@pytest.fixture
def refused(tmp_path, extracts, project_on_files):
    """A function that runs the project on the extracts: it must stop before the first model, with
    an error of one line that says all of the words.
    """
    warehouse = tmp_path / "sales_kpis.duckdb"

    def run(*words: str, folder=extracts) -> None:
        settings = {**SETTINGS, "input_dir": str(folder)}
        result = project_on_files.invoke("run", settings=settings, warehouse=warehouse)
        assert not result.success
        lines = errors_of(result).splitlines()
        assert any(all(word in line for word in words) for line in lines), lines
        with duckdb.connect(str(warehouse)) as connection:
            tables = connection.execute("select count(*) from information_schema.tables").fetchone()
        assert tables == (0,)

    return run


@pytest.fixture
def run_users(tmp_path, extracts, project_on_files):
    """A function that stages the users: the result, and a function that queries the warehouse."""
    warehouse = tmp_path / "sales_kpis.duckdb"

    def query(sql):
        with duckdb.connect(str(warehouse)) as connection:
            return connection.execute(sql).fetchall()

    def run():
        settings = {**SETTINGS, "input_dir": str(extracts)}
        result = project_on_files.invoke(
            "run", "-s", "+stg_crm__users", settings=settings, warehouse=warehouse
        )
        return result, query

    return run


def change(path, before: bytes, after: bytes) -> None:
    content = path.read_bytes()
    assert before in content
    path.write_bytes(content.replace(before, after, 1))


def test_a_missing_file(extracts, refused):
    (extracts / "crm" / "invoices.csv").unlink()
    refused("crm.invoices", "there is no file", "crm/invoices.csv")


def test_a_missing_folder(extracts, refused):
    refused("crm.accounts", "there is no file", folder=extracts / "elsewhere")


def test_an_empty_file(extracts, refused):
    (extracts / "hr" / "employees.csv").write_bytes(b"")
    refused("hr.employees", "employees.csv", "empty")


def test_a_missing_column(extracts, refused):
    change(extracts / "crm" / "leads.csv", b"disqualified_at", b"disqualified")
    refused("crm.leads", "leads.csv", "no column disqualified_at")


def test_a_column_in_another_case(extracts, refused):
    change(extracts / "crm" / "leads.csv", b"lead_id", b"Lead_ID")
    refused("crm.leads", "no column lead_id")


def test_the_same_column_twice(extracts, refused):
    change(extracts / "crm" / "leads.csv", b"company_name", b"LEAD_ID")
    refused("crm.leads", "two columns called LEAD_ID")


def test_a_blank_line_before_the_header(extracts, refused):
    path = extracts / "crm" / "users.csv"
    path.write_bytes(b"\n" + path.read_bytes())
    refused("crm.users", "users.csv", "does not begin with its header")


def test_semicolons_instead_of_commas(extracts, refused):
    path = extracts / "crm" / "users.csv"
    path.write_bytes(path.read_bytes().replace(b",", b";"))
    refused("crm.users", "no column user_id")


def test_a_file_in_utf_16(extracts, refused):
    path = extracts / "crm" / "users.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    refused("users.csv")


@pytest.mark.parametrize("ending", [b",,", b",,,", b',,""'])
def test_a_row_with_blank_fields_too_many(ending, extracts, refused):
    """A reader may drop them without a word; here a row has as many fields as the header."""
    path = extracts / "crm" / "users.csv"
    path.write_bytes(b"user_id,full_name\nU1,A\nU2,B" + ending + b"\nU3,C\n")
    refused("crm.users", "no column email")
    path.write_bytes(b"user_id,full_name,email,employee_id\nU1,A,,\nU2,B" + ending + b",\nU3,C,,\n")
    refused("users.csv")


def test_a_missing_table_of_a_schema(tmp_path):
    run = dbt(tmp_path, "build", settings={**SETTINGS, "input_schema": "extracts"})
    assert run.code != 0
    assert "there is no table" in run.output and "crm_accounts" in run.output


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"U1,A,,\nU2,B\n", id="a field too few"),
        pytest.param(b"U1,A,,\nU2,B,,x,y\n", id="a field too many"),
        pytest.param(b"U1,A,,\nTOPLAM,30\n", id="a footer"),
        pytest.param(b'U1,"A,,\nU2,B,,\n', id="a quote never closed"),
        pytest.param(b'U1,"A"x,,\nU2,B,,\n', id="text behind a closing quote"),
        pytest.param("U1,Şule,,\n".encode("cp1254"), id="Windows-1254"),
    ],
)
def test_rows_that_are_no_csv_are_not_loaded(content, extracts, run_users):
    """The model that reads the file fails, and with it all that needs it; nothing of it is loaded."""
    path = extracts / "crm" / "users.csv"
    path.write_bytes(b"user_id,full_name,email,employee_id\n" + content)
    result, query = run_users()
    assert not result.success
    assert "users.csv" in errors_of(result)
    assert query("select count(*) from information_schema.tables") == [(0,)]


def test_an_extra_column_may_have_any_name(extracts, run_users):
    """Also one that a model uses for something of its own."""
    write_extract(
        extracts,
        "crm.users",
        ["trimmed_user_id", "row_key", "user_id", "full_name", "email", "employee_id"],
        [["X", "Y", "U1", "A", "", "E1"]],
    )
    result, query = run_users()
    assert result.success, result.exception
    assert query("select user_id, employee_id from staging.stg_crm__users") == [("U1", "E1")]


def test_values_that_only_look_strange_load_as_they_are(extracts, run_users):
    """Line breaks and quotes in quotes, NA, formulas, Jinja, long texts, ids with zeros: text is text."""
    names = [
        'a\n"b"\r\nc, d',
        "NA",
        "null",
        "=HYPERLINK(1)",
        "{{ 1/0 }}",
        "'; drop table x; --",
        "x" * 200_000,
    ]
    write_extract(
        extracts,
        "crm.users",
        ["user_id", "full_name", "email", "employee_id"],
        [[f"00{number}", name, "", "29051_00040"] for number, name in enumerate(names)],
    )
    result, query = run_users()
    assert result.success, result.exception
    rows = query("select user_id, full_name, employee_id from staging.stg_crm__users order by 1")
    assert rows == [(f"00{number}", name, "29051_00040") for number, name in enumerate(names)]
