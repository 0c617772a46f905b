"""Mutation testing: would the project's own tests notice a small wrong change to a rule?

`operators` makes the changes, `trials` judges them, and this runs all of them on every core.
"""

import json
import multiprocessing
import os
import subprocess
import sys
import time
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from sqlglot import exp

from .formulas import FORMULAS, body_of
from .operators import Mutation, mutations
from .trials import Build, Trials

ROOT = Path(__file__).resolve().parents[3]
LAYERS = ("intermediate", "marts/core", "marts/kpis", "marts/reports")
EQUIVALENT = Path(__file__).with_name("equivalent.toml")

#: Names and nothing else: there is no rule in them to change.
WITHOUT_RULES = {"dim_kpis", "dim_kpi_figures"}


@dataclass
class Outcome:
    """A mutant and what killed it: the test, None (it survived) or "" (it was no valid SQL)."""

    model: str
    mutation: Mutation
    key: str
    killed_by: str | None


@dataclass
class Report:
    outcomes: list[Outcome]
    reasons: dict[str, dict[str, str]]  # model -> mutant -> why it changes nothing
    seconds: float
    is_whole: bool

    @property
    def valid(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.killed_by != ""]

    @property
    def survivors(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.killed_by is None]

    def reason(self, outcome: Outcome) -> str | None:
        return self.reasons.get(outcome.model, {}).get(outcome.key)

    @property
    def new_survivors(self) -> list[Outcome]:
        return [outcome for outcome in self.survivors if not self.reason(outcome)]

    @property
    def outdated(self) -> list[str]:
        """Entries of the list that are killed, or (in a whole run) no mutants any more."""
        tried = {(outcome.model, outcome.key): outcome for outcome in self.outcomes}
        models = {outcome.model for outcome in self.outcomes}
        return [
            f"{model}: {key}"
            for model, entries in self.reasons.items()
            for key in entries
            if model in models
            and (
                tried[model, key].killed_by is not None
                if (model, key) in tried
                else self.is_whole
            )
        ]

    @property
    def is_clean(self) -> bool:
        return not self.new_survivors and not self.outdated

    def __str__(self) -> str:
        lines = [f"{'model':34}{'mutants':>8}{'killed':>8}{'equivalent':>12}{'survived':>10}"]
        for model in dict.fromkeys(outcome.model for outcome in self.outcomes):
            own = [outcome for outcome in self.valid if outcome.model == model]
            alive = [outcome for outcome in own if outcome.killed_by is None]
            known = [outcome for outcome in alive if self.reason(outcome)]
            lines.append(
                f"{model:34}{len(own):8}{len(own) - len(alive):8}{len(known):12}"
                f"{len(alive) - len(known):10}"
            )
        killed = len(self.valid) - len(self.survivors)
        by = Counter(_kind_of_test(outcome.killed_by) for outcome in self.valid)
        lines += [
            "",
            f"{len(self.outcomes)} mutants, {len(self.outcomes) - len(self.valid)} of them no valid "
            f"SQL; of {len(self.valid)} valid ones {killed} killed: "
            f"{killed / max(1, len(self.valid)):.1%} in {self.seconds:.0f} s",
            ", ".join(f"{kind} {count}" for kind, count in by.most_common()),
        ]
        for outcome in self.new_survivors:
            lines.append(f"SURVIVED {outcome.model}: {outcome.key}")
        lines += [f"OUTDATED {entry}" for entry in self.outdated]
        return "\n".join(lines)

    def write(self, path: Path) -> None:
        """Every mutant with its fate, as JSON."""
        rows = [
            {
                "model": outcome.model,
                "operator": outcome.mutation.operator,
                "mutant": outcome.key,
                "killed_by": outcome.killed_by,
                "reason": self.reason(outcome),
            }
            for outcome in self.outcomes
        ]
        path.write_text(json.dumps(rows, indent=1, ensure_ascii=False))


def _kind_of_test(killed_by: str | None) -> str:
    if killed_by is None:
        return "survived"
    if killed_by == "contract":
        return "contracts"
    if "Error" in killed_by or "Exception" in killed_by:
        return "errors at run time"
    if "__" in killed_by:
        return "unit tests"
    return "expected values" if killed_by.endswith("as_expected") else "data tests"


def build_for_mutants(folder: Path, layers: tuple[str, ...], keep: bool = False) -> Build:
    """A `dbt build` of the seeds in a folder of its own, read for mutation."""
    warehouse = folder / "sales_kpis.duckdb"
    if not (keep and warehouse.exists()):
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [
                str(Path(sys.executable).with_name("dbt")),
                *("--quiet", "build", "--project-dir", str(ROOT), "--profiles-dir", str(ROOT)),
                *("--target-path", str(folder.resolve())),
            ],
            cwd=ROOT,
            check=True,
            env={**os.environ, "SALES_KPIS_DUCKDB_PATH": str(warehouse.resolve())},
        )
    return Build(folder, warehouse, layers)


def run(build: Build, models: list[str] | None = None, sample: int | None = None) -> Report:
    """Judge the mutants of these models (all), or a sample of them, two processes at a time."""
    started = time.monotonic()
    tasks = []
    for name in sorted(models or build.models.keys() - WITHOUT_RULES):
        tasks += [(name, *mutant) for mutant in named(build.models[name].statement)]
    for name in FORMULAS if not models else []:
        tasks += [(name, *mutant) for mutant in named(body_of(name))]
    is_whole = sample is None
    if sample:
        tasks = tasks[:: max(1, len(tasks) // sample)]
    global _build
    _build = build
    # forked: the processes share what was parsed
    with multiprocessing.get_context("fork").Pool(os.cpu_count(), _start) as pool:
        outcomes = pool.map(_judge, tasks, chunksize=4)
    return Report(outcomes, known_equivalents(), time.monotonic() - started, is_whole)


def named(statement: exp.Expression) -> list[tuple[Mutation, str]]:
    """The mutations of a statement, each with the name that reports and lists give it."""
    found, seen = [], Counter()
    for mutation in mutations(statement):
        key = f"{mutation.step}: {mutation.change}" if mutation.step else mutation.change
        seen[key] += 1
        found.append((mutation, key if seen[key] == 1 else f"{key} ({seen[key]})"))
    return found


def known_equivalents() -> dict[str, dict[str, str]]:
    """model -> mutant -> why it changes no answer."""
    reasons: dict[str, dict[str, str]] = {}
    for entry in tomllib.loads(EQUIVALENT.read_text())["equivalent"]:
        for model, keys in entry["mutants"].items():
            reasons.setdefault(model, {}).update(dict.fromkeys(keys, entry["reason"].strip()))
    return reasons


def _start() -> None:
    global _trials
    _trials = Trials(_build)


def _judge(task: tuple[str, Mutation, str]) -> Outcome:
    name, mutation, key = task
    judge = _trials.judge_formula if name in FORMULAS else _trials.judge
    return Outcome(name, mutation, key, judge(name, mutation).killed_by)
