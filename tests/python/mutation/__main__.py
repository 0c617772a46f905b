"""Mutate every core and KPI model and let the project's own tests judge.

python -m tests.python.mutation [--models fct_contracts …] [--sample 200] [--layers marts/core …]

Prints the score and every survivor; exits with 1 where a survivor is not among the known equivalent
ones, or a known one was killed or is gone.
"""

import argparse
import sys
from pathlib import Path

from . import LAYERS, Trials, build_for_mutants, run

parser = argparse.ArgumentParser(
    prog="python -m tests.python.mutation", description=__doc__.split("\n\n")[0]
)
parser.add_argument("--models", nargs="*", help="only these models")
parser.add_argument("--layers", nargs="*", default=LAYERS, help="folders of models/ to mutate")
parser.add_argument("--sample", type=int, help="as many mutants, spread evenly over all")
parser.add_argument("--folder", type=Path, default=Path("target/mutation"))
parser.add_argument("--keep", action="store_true", help="use what the last run built")
arguments = parser.parse_args()

build = build_for_mutants(arguments.folder, tuple(arguments.layers), arguments.keep)
if broken := Trials(build).baseline():
    sys.exit(f"without any change these tests fail: {', '.join(broken)}")
report = run(build, models=arguments.models, sample=arguments.sample)
report.write(arguments.folder / "report.json")
print(report)
sys.exit(0 if report.is_clean else 1)
