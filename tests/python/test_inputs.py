"""Input files that cannot be read stop the run with one line; nothing is ever silently wrong."""

import duckdb
import pytest

from conftest import dbt
from extracts import seed_rows, write_extract
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


@pytest.mark.parametrize("line", [b" \t\n", "\u00a0\n".encode()])
def test_a_line_of_white_space_is_a_row_of_one_field(line, extracts, refused):
    path = extracts / "crm" / "users.csv"
    path.write_bytes(b"user_id,full_name,email,employee_id\nU1,A,,\n" + line + b"U2,B,,\n")
    refused("users.csv")


# Tables in parts ---------------------------------------------------------------------------------


@pytest.fixture
def users(extracts):
    """The users in two parts of ten rows each, a.csv and b.csv, instead of users.csv."""
    header, *lines = (extracts / "crm" / "users.csv").read_bytes().splitlines(keepends=True)
    (extracts / "crm" / "users.csv").unlink()
    folder = extracts / "crm" / "users"
    folder.mkdir()
    (folder / "a.csv").write_bytes(b"".join([header, *lines[:10]]))
    (folder / "b.csv").write_bytes(b"".join([header, *lines[10:]]))
    return folder


def test_a_file_and_a_folder_of_one_name(users, refused):
    (users.parent / "users.csv").write_bytes((users / "a.csv").read_bytes())
    refused("crm.users", "both", "crm/users.csv", "crm/users/a.csv")


def test_an_empty_folder(users, refused):
    for part in users.iterdir():
        part.unlink()
    refused("crm.users", "there is no file", "crm/users.csv")


@pytest.mark.parametrize(
    "name", ["c.CSV", "c.csv.gz", "c.parquet", "c[1].csv", "c*.csv", "c{a,b}.csv", "2026/c.csv"]
)
def test_what_would_be_passed_over_in_a_folder_of_parts(name, users, refused):
    (users / name).parent.mkdir(exist_ok=True)
    (users / name).write_bytes((users / "a.csv").read_bytes())
    refused("crm.users", f"crm/users/{name} is no part")


def test_an_empty_part(users, refused):
    (users / "b.csv").write_bytes(b"")
    refused("crm.users", "users/b.csv", "empty")


def test_a_part_without_a_header(users, refused):
    change(users / "b.csv", b"user_id,full_name,email,employee_id\n", b"")
    refused("crm.users", "users/b.csv", "has no column user_id")


def test_a_part_without_a_column(users, refused):
    change(users / "b.csv", b"user_id,full_name,email,", b"user_id,full_name,mail,")
    refused("crm.users", "users/b.csv", "has no column email")


@pytest.mark.parametrize(
    "header, difference",
    [
        pytest.param(
            b"user_id,email,full_name,employee_id",
            "column 2 is full_name in the first and email in the second",
            id="another order",
        ),
        pytest.param(
            b"user_id,full_name,email,employee_id,note",
            "column 5 is missing in the first and note in the second",
            id="one more",
        ),
    ],
)
def test_a_part_with_another_header(header, difference, users, refused):
    change(users / "b.csv", b"user_id,full_name,email,employee_id", header)
    refused("crm.users", "users/a.csv and ", "users/b.csv differ", difference)


@pytest.mark.parametrize("fields", [b"U9,A,", b"U9,A,,,", b"U9,A,,,,"], ids=bytes.decode)
def test_a_row_of_a_part_with_another_number_of_fields(fields, users, refused):
    (users / "b.csv").write_bytes(b"user_id,full_name,email,employee_id\n" + fields + b"\n")
    refused("users/b.csv")


def test_parts_may_differ_in_what_is_no_content(users, run_users):
    """A byte-order mark, line ends, the last line's end, any row, a quote in the file's name."""
    _, query = run_users()
    before = query("select user_id, full_name from staging.stg_crm__users order by all")
    content = (users / "b.csv").read_bytes()
    (users / "b.csv").rename(users / "b' (1).csv")
    (users / "b' (1).csv").write_bytes(
        b"\xef\xbb\xbf" + content.rstrip(b"\n").replace(b"\n", b"\r\n")
    )
    (users / "c.csv").write_bytes(content.splitlines(keepends=True)[0])
    (users / "_SUCCESS").write_bytes(b"")
    (users / ".c.csv.crc").write_bytes(b"crc")
    result, query = run_users()
    assert result.success, result.exception
    assert query("select user_id, full_name from staging.stg_crm__users order by all") == before
    assert len(before) > 15


@pytest.mark.parametrize(
    "second, words",
    [
        pytest.param(
            "'U9' as user_id, 'A' as full_name, 'E1' as employee_id",
            ["users/b.parquet has no column email"],
            id="a column less",
        ),
        pytest.param(
            "'U9' as user_id, 'A' as full_name, 5 as email, 'E1' as employee_id",
            ["users/a.parquet and ", "b.parquet differ: email is varchar in the first and integer"],
            id="another type",
        ),
        pytest.param(
            "1 as note, 'E1' as employee_id, 'A' as full_name, '' as email, 'U9' as user_id",
            [],
            id="another order and one more",
        ),
    ],
)
def test_parquet_parts_are_read_by_name(second, words, tmp_path, extracts, project_on_files):
    for path in extracts.rglob("*.csv"):
        target = path.with_suffix(".parquet")
        if path.stem == "users":
            path.with_suffix("").mkdir()
            target = path.with_suffix("") / "a.parquet"
            duckdb.execute(f"copy (select {second}) to '{target.with_name('b.parquet')}'")
        duckdb.execute(f"copy (from read_csv('{path}', all_varchar = true)) to '{target}'")
    settings = {**SETTINGS, "input_dir": str(extracts), "input_format": "parquet"}
    warehouse = tmp_path / "sales_kpis.duckdb"
    result = project_on_files.invoke(
        "run", "-s", "+stg_crm__users", settings=settings, warehouse=warehouse
    )
    if words:
        assert not result.success
        lines = errors_of(result).splitlines()
        assert any(all(word in line for word in words) for line in lines), lines
    else:
        assert result.success, result.exception
        with duckdb.connect(str(warehouse)) as connection:
            staged = connection.execute(
                "select full_name, employee_id from staging.stg_crm__users where user_id = 'U9'"
            )
            assert staged.fetchall() == [("A", "E1")]


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
