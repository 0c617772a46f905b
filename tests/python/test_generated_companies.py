"""Whatever the company and the settings: the models and the reference agree in every row.

A thousand of them, other ones each time, under settings of their own, too: `make test-generated`.
"""

import json
import os
from decimal import Decimal

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

from engine import Warehouse

from tests.python.comparison import differences_of_company
from tests.python.reference.cleaning import trim
from tests.python.reference.inputs import parse_number

#: the columns with amounts of money; a salary is one, too
MONEY = [
    ("crm.contracts", "total_value"),
    ("crm.contracts", "one_time_fees"),
    ("crm.invoices", "amount"),
    ("crm.opportunities", "amount"),
    ("hr.employees", "annual_salary"),
]

EXAMPLES = int(os.environ.get("HYPOTHESIS_EXAMPLES", "40"))


@pytest.mark.parametrize("chosen", SETTINGS, ids=lambda chosen: chosen["as_of_date"])
def test_models_and_reference_agree(chosen, engine_of):
    engine = engine_of(chosen)

    def agree(company):
        with kept_when_it_fails("models_and_reference", chosen, company):
            built = engine.build(company)
            assert differences_of_company(built, company, chosen) == []
            for table, column in MONEY:
                assert books_of(built, company, table, column) == 0, f"{table}.{column}"

    try_examples(agree, EXAMPLES // len(SETTINGS), company=companies())


def books_of(built: Warehouse, company: dict, table: str, column: str) -> Decimal:
    """What is raw less what is staged and what is rejected: the sums of a column's numbers, each in its own currency."""
    ((staged,),) = built.query(f"select sum({column}) from staging.stg_{table.replace('.', '__')}")
    rejected = [
        json.loads(row)[column]
        for (row,) in built.query(f"select raw_row from marts.rejected_rows where source_table = '{table}'")
    ]
    raw = [row.get(column) for row in company.get(table, [])]
    return sum(map(number, raw)) - (staged or 0) - sum(map(number, rejected))


def number(text: str | None) -> Decimal:
    """The number that a raw text is; 0 for one that is none."""
    try:
        return parse_number(trim(text)) if trim(text) else Decimal(0)
    except ValueError:
        return Decimal(0)


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
