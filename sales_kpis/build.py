"""Build and test everything, then show the latest quarter's KPIs."""

import argparse

from dbt.cli.main import dbtRunner

from . import scorecard


def run(options: argparse.Namespace) -> int:
    """`dbt build` with the given settings, then the table; 1 as soon as a model or a test fails.

    Unit tests are left to the tests: they prove the code, not the data.
    """
    command = ["build", "--exclude-resource-type", "unit_test", *dbt_options(options)]
    result = dbtRunner().invoke(command)
    if not result.success:
        if result.exception:
            print(result.exception)
        return 1
    return scorecard.run(options)


def dbt_options(options: argparse.Namespace) -> list[str]:
    """The options that every dbt command of this project takes."""
    return ["--vars", options.vars, *(["--target", options.target] if options.target else [])]
