"""Files as they arrive: the verdict of the list of faults, by the build's preflight and by plain dbt.

Preflight owes the line; plain dbt owes never being silently wrong: it fails, or it stages what is in
the file. The books balance either way: raw = staged + rejected.
"""

import pytest

from bad_files import ADA, BAD_FILES, BORA
from conftest import ROOT
from sales_kpis.csv_files import InputError
from sales_kpis.preflight import check
from sales_kpis.project import Settings
from test_inputs import SETTINGS, errors_of

# fixtures
from test_inputs import extracts, run_users  # noqa: F401

STAGED = "select user_id, full_name, email, employee_id from staging.stg_crm__users order by user_id"
REJECTED = """
    select row_key, reject_reasons from staging.base_crm__users
    where reject_reasons is not null order by row_key
"""


@pytest.fixture
def users_file(extracts):  # noqa: F811
    return extracts / "crm" / "users.csv"


def with_content(path, content):
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)


def of_verdict(*verdicts):
    return [pytest.param(bad, id=f"{bad.fault} {bad.name}") for bad in BAD_FILES if bad.verdict in verdicts]


def test_the_list_is_long_enough_and_names_each_file_once():
    assert len({bad.name for bad in BAD_FILES}) == len(BAD_FILES) >= 80


@pytest.mark.parametrize("bad", of_verdict("FILE"))
def test_a_file_that_cannot_be_read_stops_the_run(bad, users_file, extracts, run_users):  # noqa: F811
    with_content(users_file, bad.content)
    with pytest.raises(InputError) as raised:
        check(Settings({"input_dir": str(extracts)}))
    said = str(raised.value)
    assert said.startswith(f"Input crm.users: {users_file}") and "\n" not in said
    assert [word for word in bad.expected if word not in said] == []

    # what plain dbt takes all the same is in the file to the letter; its headers have tests of their own
    if bad.fault not in ("F15", "F16", "F17", "F19", "F21"):
        return
    result, query = run_users()
    if result.success:
        for row in query(STAGED):
            for value in filter(None, row):
                assert value.encode() in bad.content
        rows = query("select count(*) from staging.base_crm__users")[0][0]
        assert rows == len(bad.content.splitlines()) - 1


@pytest.mark.parametrize("bad", of_verdict("LOAD", "ROW"))
def test_a_file_that_can_be_read_is_staged_exactly(bad, users_file, extracts, run_users):  # noqa: F811
    with_content(users_file, bad.content)
    files = {file.table: file for file in check(Settings({"input_dir": str(extracts)}))}
    result, query = run_users()
    assert result.success, errors_of(result)
    staged, rejected = query(STAGED), query(REJECTED)
    if bad.verdict == "LOAD":
        assert (staged, rejected) == (bad.expected, [])
    else:
        assert (staged, rejected) == ([ADA, BORA], bad.expected)
    assert files["crm.users"].rows == len(staged) + len(rejected)
    assert query("select row_count from staging.csv_row_counts where source_table = 'crm.users'") == [
        (files["crm.users"].rows,)
    ]


def test_the_seeds_are_checked_too():
    files = check(Settings({"as_of_date": SETTINGS["as_of_date"]}))
    assert len(files) == 14
    assert all(file.path.is_relative_to(ROOT / "seeds") and file.rows > 10 for file in files)
