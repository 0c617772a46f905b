"""A sample of the mutants of every core and KPI model: the project's own dbt tests kill them all, but for
the known equivalent ones. All of them: `make test-mutants`.
"""

from tests.python.mutation import LAYERS, Trials, run
from tests.python.mutation.trials import Build

SAMPLE = 200


def test_no_mutant_of_the_sample_survives(fixture_build):
    build = Build(fixture_build.warehouse.parent / "target", fixture_build.warehouse, LAYERS)
    report = run(build, sample=SAMPLE)
    assert len(report.valid) > SAMPLE * 0.8
    assert report.is_clean, str(report)


def test_without_a_change_every_test_passes(fixture_build):
    """What kills a mutant is its change, not the way through the parser or the trial itself."""
    build = Build(fixture_build.warehouse.parent / "target", fixture_build.warehouse, LAYERS)
    assert Trials(build).baseline() == []
