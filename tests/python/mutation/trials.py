"""Run the project's own tests against a mutant, in this process, on a DuckDB in memory.

What dbt compiled and built once is enough: the models' SQL, the unit tests' SQL with their fixtures
and expected rows, the data tests' SQL and the warehouse of the seeds with the expected values.
"""

import json
import threading
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb
import sqlglot
from sqlglot import exp

from .formulas import FORMULAS, body_of, folded
from .operators import Mutation, mutate

SECONDS = 30  # a mutant that runs longer than this runs forever: killed


@dataclass
class UnitTest:
    """A unit test of a model: its fixtures, the model's SQL as compiled for it, the expected rows."""

    name: str
    fixtures: dict[str, str]
    statement: exp.Expression
    columns: list[str]
    expected: str


@dataclass
class Model:
    name: str
    relation: str
    statement: exp.Expression
    has_contract: bool
    unit_tests: list[UnitTest] = field(default_factory=list)


class Build:
    """What a `dbt build` on the seeds has left: artefacts and warehouse.

    Some macros write their arguments several times; a slip would be made in the macro or in an
    argument, not in one of its copies. So each use is folded into one call (`formulas`).
    """

    def __init__(self, target: Path, warehouse: Path, layers: tuple[str, ...]):
        self.warehouse = warehouse
        manifest = json.loads((target / "manifest.json").read_text())
        nodes = manifest["nodes"]
        models = {key: node for key, node in nodes.items() if node["resource_type"] == "model"}
        arrows = {
            key: [parent for parent in node["depends_on"]["nodes"] if parent in models]
            for key, node in models.items()
        }
        # rejected rows as early as they can be: their expected values are the quickest judge of staging
        self.order, sorter = [], TopologicalSorter(arrows)
        sorter.prepare()
        ready: list[str] = []
        while sorter.is_active():
            ready = sorted([*ready, *sorter.get_ready()], key=lambda key: "quality" not in key)
            self.order.append(models[ready[0]]["name"])
            sorter.done(ready.pop(0))
        self.parents = {
            models[key]["name"]: {models[parent]["name"] for parent in parents}
            for key, parents in arrows.items()
        }
        self.relations = {node["name"]: node["relation_name"] for node in models.values()}
        self.sql = {node["name"]: node["compiled_code"] for node in models.values()}
        self.is_view = {
            node["name"]: node["config"]["materialized"] == "view" for node in models.values()
        }
        self.models = {
            node["name"]: Model(
                node["name"],
                node["relation_name"],
                folded(sqlglot.parse_one(node["compiled_code"], dialect="duckdb")),
                node["config"]["contract"]["enforced"],
            )
            for node in models.values()
            if node["path"].startswith(layers)
        }
        for unit_test in manifest["unit_tests"].values():
            if unit_test["model"] in self.models:
                model = self.models[unit_test["model"]]
                (path,) = (target / "run").rglob(f"{unit_test['name']}.sql")
                test = read_unit_test(unit_test["name"], path.read_bytes().decode())
                test.statement = folded(test.statement)
                model.unit_tests.append(test)
        self.data_tests = [
            (
                node["name"],
                node["compiled_code"],
                {models[key]["name"] for key in node["depends_on"]["nodes"] if key in models},
            )
            for node in nodes.values()
            # dbt lists the tests of a model that is switched off, and does not run them
            if node["resource_type"] == "test"
            and node["config"]["enabled"]
            and node["config"]["severity"].lower() == "error"
        ]

    def descendants(self, name: str) -> list[str]:
        """The models that a model's rows reach, in the order in which they are built."""
        reached = {name}
        for other in self.order:
            if self.parents[other] & reached:
                reached.add(other)
        return [other for other in self.order if other in reached - {name}]


def text_of(statement: exp.Expression) -> str:
    """SQL without comments: DuckDB takes an apostrophe in /* one */ for a quote and then a no-break
    space in the text behind it for a blank.
    """
    return statement.sql("duckdb", comments=False)


def read_unit_test(name: str, sql: str) -> UnitTest:
    """Take the SQL that dbt ran for a unit test to pieces."""
    whole = sqlglot.parse_one(sql, dialect="duckdb")
    actual, expected = (
        next(cte for cte in whole.find_all(exp.CTE) if cte.alias == f"dbt_internal_unit_test_{part}")
        for part in ("actual", "expected")
    )
    statement = actual.this.find(exp.Subquery).this.copy()
    fixtures, steps = {}, []
    for cte in statement.args["with_"].expressions:
        if cte.alias.startswith("__dbt__cte__"):
            fixtures[cte.alias] = text_of(cte.this)
        else:
            steps.append(cte)
    statement.args["with_"].set("expressions", steps)
    columns = [column.alias_or_name for column in actual.this.expressions[:-1]]
    inner = text_of(expected.this.find(exp.Subquery).this)
    return UnitTest(name, fixtures, statement, columns, inner)


@dataclass
class Verdict:
    """What became of a mutant. killed_by: the test; None: it survived; "": it was no valid SQL."""

    killed_by: str | None


class Trials:
    """A warehouse in memory in which mutants are tried, each in a transaction that is rolled back."""

    def __init__(self, build: Build):
        self.build = build
        self.connection = duckdb.connect(":memory:", config={"threads": 1, "memory_limit": "3GB"})
        self.connection.execute("attach ':memory:' as sales_kpis")
        self.connection.execute(f"attach '{build.warehouse}' as built (read_only)")
        self.connection.execute("copy from database built to sales_kpis")
        self.connection.execute("detach built; use sales_kpis; set enable_progress_bar = false")
        for name in reversed(FORMULAS):
            self._define(name, body_of(name))
        self.tests = {}
        for model in build.models.values():
            self.tests[model.name] = [
                self._prepare(model.name, number, test)
                for number, test in enumerate(model.unit_tests)
            ]

    def _prepare(self, model: str, number: int, test: UnitTest):
        schema = f"unit_{model}_{number}"
        self.connection.execute(f"create schema {schema}")
        for name, sql in test.fixtures.items():
            self.connection.execute(f"create table {schema}.{name} as {sql}")
        for table in test.statement.find_all(exp.Table):
            if table.name in test.fixtures:
                table.set("db", exp.to_identifier(schema))
        columns = ", ".join(f'"{column}"' for column in test.columns)
        rows = self.connection.execute(f"select {columns} from ({test.expected})").fetchall()
        return test, columns, Counter(rows)

    def baseline(self) -> list[str]:
        """Tests that fail on the unchanged project, after the round trip through the parser."""
        failed = []
        for model in self.build.models.values():
            failed += [
                test.name
                for test, columns, expected in self.tests[model.name]
                if self._rows(columns, test.statement) != expected
            ]
            with self._transaction():
                self._rebuild(model.name, text_of(model.statement))
                failed += self._fixture_failures(model.name, stop_at_first=False)
        return failed

    def judge(self, name: str, mutation: Mutation) -> Verdict:
        """Try one mutant of a model."""
        model = self.build.models[name]
        mutant = mutate(model.statement, mutation)
        sql = text_of(mutant)
        try:
            shape = self._shape(sql)
        except duckdb.Error:
            return Verdict("")
        if model.has_contract and shape != self._shape(text_of(model.statement)):
            return Verdict("contract")
        try:
            with self._deadline():
                for test, columns, expected in self.tests[name]:
                    try:
                        statement = mutate(test.statement, mutation)
                    except LookupError:  # compiled with shorter lists, it has no such place
                        continue
                    if self._rows(columns, statement) != expected:
                        return Verdict(test.name)
                with self._transaction():
                    self._rebuild(name, sql)
                    failures = self._fixture_failures(name, stop_at_first=True)
        except duckdb.Error as error:
            return Verdict(f"{type(error).__name__}: {str(error).splitlines()[0]}")
        return Verdict(failures[0] if failures else None)

    def judge_formula(self, name: str, mutation: Mutation) -> Verdict:
        """Try one mutant of a formula with the unit tests of all models that use it."""
        body = body_of(name)
        try:
            self._define(name, mutate(body, mutation))
            with self._deadline():
                for model in self.build.models.values():
                    if name not in text_of(model.statement).lower():
                        continue
                    for test, columns, expected in self.tests[model.name]:
                        if self._rows(columns, test.statement) != expected:
                            return Verdict(test.name)
        except (duckdb.BinderException, duckdb.ParserException, duckdb.CatalogException):
            return Verdict("")
        except duckdb.Error as error:
            return Verdict(f"{type(error).__name__}: {str(error).splitlines()[0]}")
        finally:
            self._define(name, body)
        return Verdict(None)

    def _define(self, name: str, body: exp.Expression) -> None:
        arguments = ", ".join(FORMULAS[name].used)
        self.connection.execute(f"create or replace macro {name}({arguments}) as {text_of(body)}")

    def _shape(self, sql: str) -> list[tuple]:
        return self.connection.execute(f"describe {sql}").fetchall()

    def _rows(self, columns: str, statement: exp.Expression) -> Counter:
        query = f"select {columns} from ({text_of(statement)})"
        return Counter(self.connection.execute(query).fetchall())

    def _rebuild(self, name: str, sql: str) -> None:
        relation = self.build.relations[name]
        kind = "view" if self.build.is_view[name] else "table"
        self.connection.execute(f"alter {kind} {relation} rename to before_{name}")
        self.connection.execute(f"create {kind} {relation} as {sql}")

    def _is_changed(self, name: str) -> bool:
        relation = self.build.relations[name]
        before = ".".join([*relation.split(".")[:-1], f"before_{name}"])
        return bool(
            self.connection.execute(
                f"select 1 from ((from {relation} except all from {before}) union all "
                f"(from {before} except all from {relation})) limit 1"
            ).fetchone()
        )

    def _fixture_failures(self, name: str, stop_at_first: bool) -> list[str]:
        """Data tests that fail, expected values among them, once the change has gone through."""
        changed = {name} if not stop_at_first or self._is_changed(name) else set()
        failures, run = [], set()
        for other in [name, *self.build.descendants(name)]:
            if other != name and self.build.parents[other] & changed:
                self._rebuild(other, self.build.sql[other])
                if self.build.is_view[other] or not stop_at_first or self._is_changed(other):
                    changed.add(other)
            below = set(self.build.descendants(other))
            for test, sql, models in self.build.data_tests:
                if test in run or not models & changed or models & below:
                    continue
                run.add(test)
                if self.connection.execute(f"select 1 from ({sql}) limit 1").fetchone():
                    failures.append(test)
                    if stop_at_first:
                        return failures
        return failures

    @contextmanager
    def _transaction(self):
        self.connection.execute("begin")
        try:
            yield
        finally:
            self.connection.execute("rollback")

    @contextmanager
    def _deadline(self):
        timer = threading.Timer(SECONDS, self.connection.interrupt)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
