"""Whatever the company and the settings: the models and the reference agree in every row.

A thousand of them, other ones each time: `make test-generated`.
"""

import os

import pytest
from companies import SETTINGS, companies
from engine import Engine
from hypothesis import HealthCheck, given, settings

from tests.python.comparison import differences_of_company

EXAMPLES = int(os.environ.get("HYPOTHESIS_EXAMPLES", "40")) // len(SETTINGS)


@pytest.fixture(scope="module", params=range(len(SETTINGS)))
def lens(request, engine_of) -> tuple[Engine, dict]:
    """A set of settings, and the project compiled with it."""
    chosen = SETTINGS[request.param]
    return engine_of(chosen), chosen


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="HYPOTHESIS_EXAMPLES" not in os.environ,
    suppress_health_check=list(HealthCheck),
)
@given(company=companies())
def test_models_and_reference_agree(lens, company):
    engine, chosen = lens
    assert differences_of_company(engine.build(company), company, chosen) == []
