"""Build and test everything, then show the latest quarter's KPIs."""

import argparse

from dbt.cli.main import dbtRunner

from . import scorecard


def run(options: argparse.Namespace) -> int:
    """`dbt build` with the given settings, then the table; 1 as soon as a model or a test fails."""
    result = dbtRunner().invoke(["build", *dbt_options(options)])
    if not result.success:
        if result.exception:
            print(result.exception)
        return 1
    return scorecard.run(options)


def dbt_options(options: argparse.Namespace) -> list[str]:
    """The options that every dbt command of this project takes."""
    return ["--vars", options.vars, *(["--target", options.target] if options.target else [])]
