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
from hypothesis import strategies as st

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
    def agree(chosen, few_companies):
        engine = engine_of(chosen)
        for company in few_companies:
            with kept_when_it_fails("whatever_the_settings", chosen, company):
                assert differences_of_company(engine.build(company), company, chosen) == []

    few = st.lists(companies(), min_size=5, max_size=5)
    # each drawn set of settings compiles the project again; the first drawn is the plainest there is
    try_examples(agree, max(2, EXAMPLES // 40), chosen=chosen_settings(), few_companies=few)


@pytest.mark.parametrize("path", sorted(KEPT_COMPANIES.glob("*.json")), ids=lambda path: path.stem)
def test_models_and_reference_agree_on_companies_that_failed_before(path, engine_of):
    chosen, company = read_kept(path)
    assert differences_of_company(engine_of(chosen).build(company), company, chosen) == []
