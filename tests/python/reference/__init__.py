"""A second implementation of the KPI specification, in plain Python and exact arithmetic.

It shares no code with the SQL models: what the two agree on was read twice from the same page. Each
module is a section of that page, and each function quotes the sentence that it puts into practice.

    tables = read_folder("seeds")
    result = compute(tables, Settings(as_of_date=date(2025, 11, 17)))
    result.kpis["kpi_new_pipeline_leads"]
"""
from dataclasses import dataclass

from .inputs import TABLES, BrokenRow, InputError, Stamp, read_folder, stage
from .kpis import KPIS
from .reports import reports
from .scorecard import scorecard
from .settings import Settings, SettingsError
from .shared_rules import Company

__all__ = [
    "TABLES", "BrokenRow", "InputError", "Result", "Settings", "SettingsError", "Stamp", "compute",
    "read_folder",
]


@dataclass(frozen=True)
class Result:
    """What the specification makes of the inputs; every list holds dictionaries.

    kpis: 'kpi_<name>' -> rows. Counts are int, other numbers exact Fractions, dates datetime.date.
    scorecard: the rows of kpi_scorecard.
    reports: 'rpt_<name>' -> rows, numbers as in kpis.
    rejected: source_table, row_key, reasons, raw_row (JSON), all text.
    staged: table ('crm.leads') -> the rows that got in, parsed.
    """

    kpis: dict[str, list[dict]]
    scorecard: list[dict]
    reports: dict[str, list[dict]]
    rejected: list[dict]
    staged: dict[str, list[dict]]


def compute(tables: dict[str, list], settings: Settings) -> Result:
    """All outputs. tables: 'crm.leads' -> raw rows, each a dictionary of column -> text or None.

    A table or a column that is not there is empty; nothing is kept from one call to the next.
    """
    staged, rejected = stage(tables, settings)
    company = Company(staged, settings)
    kpis = {name: kpi(company) for name, kpi in KPIS.items()}
    return Result(
        {f"kpi_{name}": rows for name, rows in kpis.items()},
        scorecard(kpis, staged["reference.kpi_targets"]),
        reports(company, kpis),
        rejected,
        staged,
    )
