"""The KPIs as a published file names them: the one list from which exports are made."""

from dataclasses import dataclass

import duckdb

LANGUAGES = ("en", "tr")


@dataclass(frozen=True)
class Figure:
    """A figure of a KPI: its column, its name in each language, its unit."""

    column: str
    names: dict[str, str]
    unit: str


@dataclass(frozen=True)
class Kpi:
    """A KPI; its first figure is the KPI itself."""

    kpi: str
    names: dict[str, str]
    unit: str
    figures: list[Figure]

    @property
    def table(self) -> str:
        """The mart that holds it."""
        return f"kpi_{self.kpi}"


def kpis_of(connection: duckdb.DuckDBPyConnection) -> list[Kpi]:
    """The KPIs of a published file, in their order."""
    names = "".join(f", {{0}}_name_{language}" for language in LANGUAGES)
    figures = connection.execute(
        f"select kpi, column_name, unit{names.format('figure')} from marts.dim_kpi_figures"
        " order by kpi, figure_number"
    ).fetchall()
    kpis = connection.execute(
        f"select kpi, unit{names.format('kpi')} from marts.dim_kpis order by kpi_number"
    ).fetchall()
    return [
        Kpi(
            kpi,
            dict(zip(LANGUAGES, kpi_names)),
            unit,
            [
                Figure(column, dict(zip(LANGUAGES, figure_names)), figure_unit)
                for of_kpi, column, figure_unit, *figure_names in figures
                if of_kpi == kpi
            ],
        )
        for kpi, unit, *kpi_names in kpis
    ]


def reporting_currency(connection: duckdb.DuckDBPyConnection) -> str:
    """The currency of all money in a published file."""
    ((currency,),) = connection.execute(
        "select setting_value from marts.settings_in_use where setting = 'reporting_currency'"
    ).fetchall()
    return currency
