"""Whatever the company and the settings: the models and the reference agree in every row.

A thousand of them, other ones each time, under settings of their own, too: `make test-generated`.
"""

import os

import pytest
from companies import (
    KEPT_COMPANIES,
    SETTINGS,
    chosen_settings,
    companies,
    kept_when_it_fails,
    read_kept,
    try_examples,
)

from tests.python.comparison import differences_of_company

EXAMPLES = int(os.environ.get("HYPOTHESIS_EXAMPLES", "40"))


@pytest.mark.parametrize("chosen", SETTINGS, ids=lambda chosen: chosen["as_of_date"])
def test_models_and_reference_agree(chosen, engine_of):
    engine = engine_of(chosen)

    def agree(company):
        with kept_when_it_fails("models_and_reference", chosen, company):
            assert differences_of_company(engine.build(company), company, chosen) == []

    try_examples(agree, EXAMPLES // len(SETTINGS), company=companies())


def test_models_and_reference_agree_whatever_the_settings(engine_of):
    """A set of settings for each company; to compile the project takes as long as five companies."""

    def agree(chosen, company):
        with kept_when_it_fails("whatever_the_settings", chosen, company):
            engine = engine_of(chosen)
            assert differences_of_company(engine.build(company), company, chosen) == []

    try_examples(agree, EXAMPLES // 10, chosen=chosen_settings(), company=companies())


@pytest.mark.parametrize("path", sorted(KEPT_COMPANIES.glob("*.json")), ids=lambda path: path.stem)
def test_models_and_reference_agree_on_companies_that_failed_before(path, engine_of):
    chosen, company = read_kept(path)
    assert differences_of_company(engine_of(chosen).build(company), company, chosen) == []
