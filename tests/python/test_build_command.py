"""The build command: nothing is published but a build that is right, and nobody's data is in it."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest
import yaml

from conftest import ROOT, Run
from extracts import seed_rows, write_extract
from tests.python.reference import TABLES

SETTINGS = {"as_of_date": "2026-11-15", "reporting_start_date": "2026-07-01"}

#: How often a build is killed here; BUILD_KILLS=100 for a full run.
KILLS = int(os.environ.get("BUILD_KILLS", 1))

CANARIES = {
    "full_name": "Kanarya Sarıkuş",
    "contact_name": "Kanarya Gagalı",
    "company_name": "Kanarya Kafesi AS",
    "account_name": "Kanarya Tüneği AS",
    "email": "kanarya@canary.example",
    "phone": "+90 555 0 226 279 2",
    "annual_salary": "7391846.25",
}


class Company:
    """Extracts, work file and published folder of one company, in a folder of its own."""

    def __init__(self, folder: Path, project: Path = ROOT):
        self.folder = folder
        self.project = project
        self.extracts = folder / "in"
        self.file = folder / "published" / "sales_kpis.duckdb"

    def write(self, rows: int, change=lambda table, header, row: row) -> None:
        """The first so many rows of each seed, each changed."""
        for table in TABLES:
            header, all_rows = seed_rows(table)
            kept = [change(table, header, row) for row in all_rows[:rows]]
            write_extract(self.extracts, table, header, kept)

    def command(self, *arguments: str) -> list[str]:
        settings = {**SETTINGS, "input_dir": str(self.extracts)}
        if "--vars" in arguments:
            place = arguments.index("--vars")
            settings |= yaml.safe_load(arguments[place + 1])
            arguments = (*arguments[:place], *arguments[place + 2 :])
        return [sys.executable, "-m", "sales_kpis", *arguments, "--vars", yaml.safe_dump(settings)]

    def environment(self, **more: str) -> dict[str, str]:
        return {
            **os.environ,
            "DBT_TARGET_PATH": str(self.folder / "target"),
            "SALES_KPIS_DUCKDB_PATH": str(self.folder / "work" / "sales_kpis.duckdb"),
            "SALES_KPIS_PUBLISHED": str(self.folder / "published"),
            **more,
        }

    def run(self, *arguments: str, **environment: str) -> Run:
        (self.folder / "work").mkdir(parents=True, exist_ok=True)
        finished = subprocess.run(
            self.command(*arguments),
            cwd=self.project,
            env=self.environment(**environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        return Run(finished.returncode, finished.stdout + finished.stderr, self.file)

    def run_id(self) -> str | None:
        """The run of every table that is published; None where nothing is."""
        if not self.file.exists():
            return None
        with duckdb.connect(str(self.file), read_only=True) as connection:
            ((run_id,),) = connection.execute("select run_id from marts.published_run").fetchall()
            scorecard = connection.execute("select count(*) from marts.kpi_scorecard").fetchone()[0]
        assert scorecard > 0
        return run_id


def with_canaries(table: str, header: list[str], row: list[str]) -> list[str]:
    return [CANARIES.get(name, value) for name, value in zip(header, row)]


def everything_in(path: Path) -> str:
    """All values of all tables of a DuckDB file as text: a file's bytes may be compressed."""
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = connection.execute("select schema_name, table_name from duckdb_tables()").fetchall()
        return "\n".join(
            str(connection.execute(f'from "{schema}"."{table}"').fetchall()) for schema, table in tables
        )


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    """A company with canaries for names, e-mails, phones and salaries, built and published once, in 512 MB.

    Every third lead and employee is rejected, so that canaries stand in raw rows, too.
    """
    company = Company(tmp_path_factory.mktemp("company"))
    count = 0

    def change(table, header, row):
        nonlocal count
        count += 1
        row = with_canaries(table, header, row)
        if table in ("crm.leads", "hr.employees") and count % 3 == 0:
            place = header.index("created_at" if table == "crm.leads" else "hire_date")
            row[place] = "yesterday"
        return row

    company.write(60, change)
    company.built = company.run("build", SALES_KPIS_MEMORY_LIMIT="512MB")
    assert company.built.code == 0, company.built.output
    return company


def test_a_build_says_what_it_does_and_what_readers_see(company):
    output = company.built.output
    assert f"Preflight: {sum(1 for _ in rows_of(company)):,} rows in 14 files" in output
    assert f"Publish: the version of 20" in output and company.run_id() in output
    shown = company.run("publish")
    assert shown.code == 0 and company.run_id() in shown.output


def rows_of(company):
    for table in TABLES:
        yield from seed_rows(table)[1][:60]


def test_the_published_run_says_which_build_it_is(company):
    ((as_of_date, adapter, inputs),) = company.built.query(
        "select cast(as_of_date as varchar), adapter, (select count(sha256) from marts.published_inputs)"
        " from marts.published_run"
    )
    assert (as_of_date, adapter, inputs) == ("2026-11-15", "duckdb", 14)
    unbalanced = company.built.query(
        "select * from marts.published_inputs where raw_rows <> staged_rows + rejected_rows"
    )
    assert unbalanced == []
    ((rejected,),) = company.built.query("select sum(row_count) from marts.rejected_row_counts")
    ((counted,),) = company.built.query("select sum(rejected_rows) from marts.published_inputs")
    assert rejected == counted > 30


def test_no_canary_is_in_what_is_published_said_or_left(company):
    work = everything_in(company.folder / "work" / "sales_kpis.duckdb")
    assert [name for name, canary in CANARIES.items() if canary not in work] == []

    published = everything_in(company.file)
    assert "U" in published and "rejected_row_counts" in str(company.built.query("show all tables"))
    parquet = "\n".join(
        str(duckdb.sql(f"from '{path}'").fetchall())
        for path in (company.folder / "published" / "parquet").glob("*.parquet")
    )
    left = b"".join(
        path.read_bytes()
        for folder in ("target", "published")
        for path in (company.folder / folder).rglob("*")
        if path.is_file()
    )
    for canary in CANARIES.values():
        assert canary not in published
        assert canary not in parquet
        assert canary.encode() not in left
        assert canary not in company.built.output


def test_teams_of_few_have_no_figures(company):
    rows = company.built.query(
        "select headcount_start, headcount_end from marts.kpi_sales_team_retention where dimension = 'team'"
    )
    assert rows and all(size in (None, 0) or size >= 5 for row in rows for size in row)
    assert company.built.query("select * from marts.fct_sales_spells") == []
    hidden = company.built.query(
        "select count(*) from marts.kpi_scorecard where kpi = 'rep_ramp_up_time' and dimension = 'team'"
        " and (value, previous_value, change, year_ago_value) is distinct from (null, null, null, null)"
    )
    shown = company.built.query(
        "select count(*) from marts.kpi_rep_ramp_up_time where dimension = 'team' and new_reps is not null"
    )
    assert hidden == shown == [(0,)]


def test_published_tables_have_the_columns_of_their_marts(company):
    columns = "select table_name, column_name, data_type from information_schema.columns where table_schema = 'marts'"
    own = "and table_name not in ('published_run', 'published_inputs', 'rejected_rows') order by all"
    with duckdb.connect(str(company.folder / "work" / "sales_kpis.duckdb"), read_only=True) as connection:
        work = connection.execute(f"{columns} {own}").fetchall()
    assert company.built.query(f"{columns} {own}") == work


def test_a_second_build_waits_for_nobody_and_says_who_builds(company, monkeypatch):
    for name, value in company.environment().items():
        monkeypatch.setenv(name, value)
    from sales_kpis.locking import lock

    with lock("duckdb"):
        second = company.run("build")
        rollback = company.run("publish", "--rollback")
    for run in (second, rollback):
        assert run.code == 1
        assert f"Another build is running: process {os.getpid()} on " in run.output


@pytest.mark.parametrize(
    "content, words",
    [
        (b"", ["crm/users.csv: the file is empty", "Nothing new is published. Readers still see the version of"]),
        (b"user_id,full_name,email,employee_id\nU1,A,,\n", ["crm.users has 1 rows, 60 were published last"]),
    ],
    ids=["a file that cannot be read", "half of the rows are gone"],
)
def test_a_bad_delivery_holds(content, words, company):
    before, file = company.run_id(), company.extracts / "crm" / "users.csv"
    good = file.read_bytes()
    try:
        file.write_bytes(content)
        run = company.run("build")
    finally:
        file.write_bytes(good)
    assert run.code == 1 and company.run_id() == before
    assert [word for word in words if word not in run.output] == []
    assert "Traceback" not in run.output


def test_who_has_gone_from_the_extracts_has_gone_from_what_is_published(company, tmp_path):
    """A third of the rows, the work file damaged, the names asked for: one more build."""
    gone = Company(tmp_path)
    shutil.copytree(company.folder, gone.folder, dirs_exist_ok=True, symlinks=True)
    gone.write(20)
    (gone.folder / "work" / "sales_kpis.duckdb").write_bytes(b"no database" * 1000)
    before = gone.run_id()
    built = gone.run(
        "build", "--accept-fewer-rows", "--vars", "{publish_rep_names: true, small_group_minimum: 1}"
    )
    assert built.code == 0, built.output
    assert "is damaged and now called sales_kpis.duckdb.damaged" in built.output
    assert gone.run_id() != before
    header, rows = seed_rows("crm.users")
    names = {row[header.index("user_id")]: row[header.index("full_name")] for row in rows}
    published = dict(built.query("select user_id, rep_name from marts.dim_rep_names"))
    assert published.items() <= names.items() and len(published) > 15
    # whom no file names any more is in no table, those of the work file included
    delivered = "".join(path.read_text(encoding="utf-8") for path in gone.extracts.rglob("*.csv"))
    everything = everything_in(gone.file) + everything_in(gone.folder / "work" / "sales_kpis.duckdb")
    departed = [user_id for user_id in names if user_id not in delivered]
    assert len(departed) > 3
    assert [user_id for user_id in departed if user_id in everything] == []
    assert [canary for canary in CANARIES.values() if canary in everything] == []
    assert built.query("select count(*) > 0 from marts.fct_sales_spells") == [(True,)]
    # and back
    assert gone.run("publish", "--rollback").code == 0
    assert gone.run_id() == before


def test_a_kill_at_any_moment_of_a_build_leaves_the_old_version(company):
    chance = random.Random(int(os.environ.get("BUILD_KILLS_SEED", 1)))
    duration = 30.0
    for _ in range(KILLS):
        before = company.run_id()
        process = subprocess.Popen(
            company.command("build"),
            cwd=ROOT,
            env=company.environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        start = time.monotonic()
        try:
            process.wait(chance.uniform(0, duration))
            # a kill after the end: then it has published
            assert process.returncode == 0 and company.run_id() > before
            duration = time.monotonic() - start
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            assert company.run_id() >= before
    again = company.run("build")
    assert again.code == 0, again.output
    assert company.run_id() > before


# A project that was changed ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def changed(tmp_path_factory) -> Company:
    """A copy of the project to change, with a company of its own."""
    folder = tmp_path_factory.mktemp("changed")
    project = folder / "project"
    left_out = shutil.ignore_patterns("python", "__pycache__", "expected")
    for name in ("models", "macros", "tests", "seeds", "analyses", "sales_kpis"):
        shutil.copytree(ROOT / name, project / name, ignore=left_out)
    for name in ("dbt_project.yml", "profiles.yml"):
        shutil.copy(ROOT / name, project)
    company = Company(folder, project)
    company.write(20)
    return company


def test_a_failing_test_holds_and_its_rows_are_kept(changed):
    assert changed.run("build").code == 0
    before = changed.run_id()
    path = changed.project / "tests" / "assert_no_call.sql"
    path.write_text("select activity_id from {{ ref('stg_crm__activities') }} where activity_type = 'call'\n")
    failed = changed.run("build")
    path.unlink()
    assert failed.code == 1 and changed.run_id() == before
    assert "rows, kept in" in failed.output and "assert_no_call" in failed.output
    assert "Nothing new is published. Readers still see the version of" in failed.output
    with duckdb.connect(str(changed.folder / "work" / "sales_kpis.duckdb"), read_only=True) as connection:
        kept = connection.execute('select count(*) from dbt_test__audit.assert_no_call').fetchone()
    assert kept[0] > 0


ATTACKS = {
    "reads_a_system_file": "select * from read_text('/etc/passwd')",
    "reads_a_file_beside_the_inputs": "select * from read_csv('{folder}/secret.csv')",
    "copies_out": "{{% do run_query(\"copy (select 1 as i) to '{folder}/stolen.csv'\") if execute %}}select 1 as i",
    "attaches_a_database": "{{% do run_query(\"attach '{folder}/other.duckdb' as other\") if execute %}}select 1 as i",
    "installs_an_extension": "{{% do run_query('install httpfs') if execute %}}select 1 as i",
    "loads_an_extension": "{{% do run_query(\"load '{folder}/evil.duckdb_extension'\") if execute %}}select 1 as i",
    "opens_what_was_closed": "{{% do run_query('set enable_external_access = true') if execute %}}select 1 as i",
    "widens_the_folders": "{{% do run_query(\"set allowed_directories = ['/']\") if execute %}}select 1 as i",
    "asks_the_net": "select * from read_csv('https://example.com/x.csv')",
}


def test_attacks_by_a_model_are_stopped(changed):
    (changed.folder / "secret.csv").write_text("a\n1\n")
    for name, sql in ATTACKS.items():
        path = changed.project / "models" / "intermediate" / f"attack_{name}.sql"
        path.write_text(sql.format(folder=changed.folder))
    (changed.project / "models" / "intermediate" / "attack_none.sql").write_text("select 1 as i\n")
    finished = subprocess.run(
        [Path(sys.executable).with_name("dbt"), "run", "--select", "attack_*", "--no-use-colors"]
        + ["--vars", yaml.safe_dump({**SETTINGS, "input_dir": str(changed.extracts)})],
        cwd=changed.project,
        env=changed.environment(),
        capture_output=True,
        text=True,
    )
    for path in changed.project.glob("models/intermediate/attack_*"):
        path.unlink()
    assert f"ERROR={len(ATTACKS)} SKIP=0" in finished.stdout, finished.stdout
    for name in ATTACKS:
        assert f"in model attack_{name}" in finished.stdout
    assert not (changed.folder / "stolen.csv").exists()
