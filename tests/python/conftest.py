"""What the tests share: running dbt as a user would, in a folder of its own, and reading what it built."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import duckdb
import pytest
import yaml
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner, dbtRunnerResult
from engine import Engine

ROOT = Path(__file__).resolve().parents[2]

FIXTURE_SETTINGS = {"as_of_date": "2026-11-15", "reporting_start_date": "2023-01-01"}


@dataclass
class Run:
    """A finished dbt command: its exit code, all it printed, and the warehouse it wrote."""

    code: int
    output: str
    warehouse: Path

    def query(self, sql: str) -> list[tuple]:
        """The rows of a query on the warehouse."""
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            return connection.execute(sql).fetchall()


def dbt(folder: Path, *arguments: str, settings: dict | None = None, **environment: str) -> Run:
    """Run one dbt command on the project, with warehouse and artefacts in a folder of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    warehouse = folder / "sales_kpis.duckdb"
    command = [
        str(Path(sys.executable).with_name("dbt")),
        *arguments,
        "--project-dir",
        str(ROOT),
        "--profiles-dir",
        str(ROOT),
        "--target-path",
        str(folder / "target"),
        "--no-use-colors",
    ]
    if settings is not None:
        command += ["--vars", yaml.safe_dump(settings)]
    finished = subprocess.run(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env={**os.environ, "SALES_KPIS_DUCKDB_PATH": str(warehouse), **environment},
    )
    return Run(finished.returncode, finished.stdout + finished.stderr, warehouse)


#: what waits for servers or a browser, or judges mutants: begun first, so that no core is idle at the end
LONG_FILES = ("test_postgres.py", "test_page.py", "test_exports.py", "test_build_command.py", "test_mutants.py")


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: item.path.name not in LONG_FILES)


@pytest.fixture(scope="session")
def fixture_build(tmp_path_factory, worker_id) -> Run:
    """The seeds, built and tested once for all tests that only read; each process reads a copy of its own."""
    if worker_id == "master":
        return built_fixture(tmp_path_factory.mktemp("fixture"))
    shared = tmp_path_factory.getbasetemp().parent / "fixture"
    own = tmp_path_factory.getbasetemp() / "fixture"
    with shared.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "is_right").exists():
            built_fixture(shared)
            (shared / "is_right").touch()
    shutil.copytree(shared, own)
    return Run(0, "", own / "sales_kpis.duckdb")


def built_fixture(folder: Path) -> Run:
    """`dbt build` of the seeds, right to the last test."""
    run = dbt(folder, "build")
    assert run.code == 0, run.output
    return run


class ParsedProject:
    """The project, parsed once in this process; each command after that takes a fraction of a second.

    What a command reads from the settings while it runs (hooks, compiled SQL) follows the settings
    it is given; which inputs the models refer to was decided when it was parsed.
    """

    def __init__(self, folder: Path, settings: dict, *arguments: str):
        self.folder = folder
        self.manifest = None
        parsed = self.invoke("parse", *arguments, settings=settings)
        self.manifest = parsed.result
        assert self.manifest is not None, parsed.exception

    def invoke(
        self,
        *arguments: str,
        settings: dict,
        warehouse: Path | None = None,
        folder: Path | None = None,
        said: list[str] | None = None,
    ) -> dbtRunnerResult:
        """One command with other settings, on a warehouse and with artefacts of the project's own, or the given ones.

        said: takes what dbt would print.
        """
        path = str(warehouse or self.folder / "sales_kpis.duckdb")
        command = [
            *("--quiet", *arguments, "--vars", yaml.safe_dump(settings)),
            *("--target-path", str(folder or self.folder / "target")),
            *("--project-dir", str(ROOT), "--profiles-dir", str(ROOT)),
        ]

        def hear(event) -> None:
            if said is not None and event.info.level != "debug":
                said.append(event.info.msg)

        with mock.patch.dict(os.environ, {"SALES_KPIS_DUCKDB_PATH": path}):
            result = dbtRunner(manifest=self.manifest, callbacks=[hear]).invoke(command)
        # else the warehouse stays open, in the configuration that the build is locked in
        DuckDBConnectionManager.close_all_connections()
        error = result.exception
        while error:
            traceback.clear_frames(error.__traceback__)
            error = error.__cause__ or error.__context__
        return result


#: the settings on which it depends which models there are and what they refer to
DECIDED_WHEN_PARSED = (
    "crm_source", "hr_source", "lead_is", "contracts_from", "invoices_from", "referrals_from", "exchange_rates_from",
    "absent_inputs",
)  # fmt: skip
PARSED: dict[str, ParsedProject] = {}


def dbt_here(folder: Path, *arguments: str, settings: dict, target: str = "duckdb", **environment: str) -> Run:
    """What `dbt` does, in this process: projects whose settings decide the same when it is parsed are parsed once.

    To parse takes as long as most of the tests' builds.
    """
    folder.mkdir(parents=True, exist_ok=True)
    is_mapped = settings.get("crm_source") or settings.get("hr_source")
    decided = {name: settings.get(name) for name in DECIDED_WHEN_PARSED} if is_mapped else {}
    places = [name for name in ("input_dir", "input_schema", "crm_schema", "hr_schema") if settings.get(name)]
    key = yaml.safe_dump([target, decided, places])
    with mock.patch.dict(os.environ, environment):
        if key not in PARSED:
            place = Path(tempfile.mkdtemp(dir=folder))
            PARSED[key] = ParsedProject(place, settings, "--target", target)
        project = PARSED[key]
        warehouse, said = folder / "sales_kpis.duckdb", []
        (folder / "target").mkdir(exist_ok=True)
        shutil.copy(project.folder / "target" / "semantic_manifest.json", folder / "target")
        # a run leaves what it compiled in the manifest, and would take ephemeral models from there
        for node in project.manifest.nodes.values():
            if getattr(node, "compiled", False):
                node.compiled, node.compiled_code = False, None
                node.extra_ctes_injected, node.extra_ctes = False, []
        result = project.invoke(
            *arguments, "--target", target, settings=settings, warehouse=warehouse, folder=folder / "target", said=said
        )
    said.append(str(result.exception or ""))
    return Run(0 if result.success else 1, "\n".join(said), warehouse)


@pytest.fixture(scope="session")
def project_on_seeds(tmp_path_factory) -> ParsedProject:
    return ParsedProject(tmp_path_factory.mktemp("on_seeds"), {})


@pytest.fixture(scope="session")
def project_on_files(tmp_path_factory) -> ParsedProject:
    return ParsedProject(tmp_path_factory.mktemp("on_files"), {"input_dir": "extracts"})


@pytest.fixture(scope="session")
def engine_of(project_on_seeds) -> Callable[[dict], Engine]:
    """settings -> the project compiled with them; each set of settings is compiled once."""
    engines = {}

    def compiled(settings: dict) -> Engine:
        key = yaml.safe_dump(settings, sort_keys=True)
        if key not in engines:
            engines[key] = Engine(project_on_seeds, settings)
        return engines[key]

    return compiled


def pytest_sessionfinish(session, exitstatus):
    session.config.exit_status = exitstatus


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config):
    """End at once: dbt keeps DuckDB's connections until the process ends, and DuckDB's binding
    reports them then, in forty lines behind the result.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(getattr(config, "exit_status", 2))
