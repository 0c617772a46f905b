"""The command line: `python -m sales_kpis build`, `… init`, `… publish`, `… dashboard`, `… exports`, `… scorecard`."""

import argparse
import sys

from . import build, dashboard, exports, init, publish, scorecard


def main(arguments: list[str] | None = None) -> int:
    """Run one sub-command; the answer is the process's exit code, 0 when all is well."""
    parser = argparse.ArgumentParser(
        prog="sales_kpis", description="Nine sales KPIs from CRM and HR extracts."
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    for module in (build, init, publish, dashboard, exports, scorecard):
        command = commands.add_parser(
            module.__name__.rpartition(".")[2], help=module.__doc__.splitlines()[0]
        )
        command.add_argument("--vars", default="{}", help="settings as YAML, as for dbt")
        command.add_argument("--settings", help="a YAML file of settings; --vars go before it")
        command.add_argument("--target", help="the target of profiles.yml")
        if hasattr(module, "add_arguments"):
            module.add_arguments(command)
        command.set_defaults(run=module.run)
    options = parser.parse_args(arguments)
    return options.run(options)


if __name__ == "__main__":
    sys.exit(main())
