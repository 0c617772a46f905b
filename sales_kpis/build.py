"""Build and test everything, then show the latest quarter's KPIs."""

import argparse
from pathlib import Path

import yaml
from dbt.cli.main import dbtRunner

from . import scorecard


def run(options: argparse.Namespace) -> int:
    """`dbt build` with the given settings, then the table; 1 as soon as a model or a test fails.

    Unit tests are left to the tests: they prove the code, not the data.
    """
    command = ["build", "--exclude-resource-type", "unit_test", *dbt_options(options)]
    result = dbtRunner().invoke(command)
    return scorecard.run(options) if result.success else 1


def dbt_options(options: argparse.Namespace) -> list[str]:
    """The options that every dbt command of this project takes.

    The settings of dbt_project.yml are given on the command line, too, under those of the user:
    there the project can see their names and refuse one that does not exist.
    """
    project = yaml.safe_load(Path("dbt_project.yml").read_text(encoding="utf-8"))
    settings = {**(project.get("vars") or {}), **(yaml.safe_load(options.vars) or {})}
    target = ["--target", options.target] if options.target else []
    return ["--vars", yaml.safe_dump(settings), *target]
