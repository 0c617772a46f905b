"""A dashboard of the KPIs for Apache Superset, as the bundle of YAML files that Superset imports.

A chart for each KPI of the published catalogue, the company's months with the latest one in large, and a
table of the latest quarter. Names are in both languages, since a dashboard has only one.
"""

import json
import uuid
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import yaml

from .catalogue import LANGUAGES, Kpi, kpis_of, reporting_currency
from .publication import Version
from .words import header

VERSION = "1.0.0"

#: unit -> how Superset shows it (a format of d3)
NUMBER_FORMATS = {"share": ".1%", "currency": ",.0f", "days": ",.1f", "count": ",d"}

#: What the table shows: one row per KPI, in units that one number format can show.
LATEST_QUARTER = """\
with latest as (
    select
        dim_kpis.kpi_number,
        scorecard.*,
        case scorecard.unit when 'share' then 100 else 1 end as factor
    from marts.kpi_scorecard as scorecard
    inner join marts.dim_kpis as dim_kpis on scorecard.kpi = dim_kpis.kpi
    where
        scorecard.period_grain = 'quarter'
        and scorecard.dimension = 'company'
        and scorecard.period_start = (
            select coalesce(max(case when is_complete then period_start end), max(period_start))
            from marts.kpi_scorecard
            where period_grain = 'quarter' and dimension = 'company'
        )
)

select
    kpi_number,
    kpi_name_en,
    kpi_name_tr,
    period_start,
    period_end,
    cast(factor * value as double) as value,
    cast(factor * target_value as double) as target_value,
    cast(factor * change as double) as change,
    cast(factor * year_ago_value as double) as year_ago_value,
    case unit when 'share' then '%' when 'currency' then '{currency}' else unit end as shown_in,
    status
from latest"""

#: Columns of a row of three charts on the dashboard's grid of twelve.
CHART_WIDTH = 4


def write_bundle(file: Path, bundle: Path, address: Path) -> int:
    """Write the bundle of a published file; the answer is the number of its charts.

    address: where Superset finds the file, whichever version is published then.
    """
    with duckdb.connect(str(file), read_only=True) as connection:
        version = Version.read(lambda sql: connection.execute(sql).fetchall(), "marts")
        kpis = kpis_of(connection)
        columns_of = {kpi.table: columns_in(connection, f'from marts."{kpi.table}"') for kpi in kpis}
        quarter = LATEST_QUARTER.format(currency=reporting_currency(connection))
        quarter_columns = columns_in(connection, quarter)

    charts = [table_chart(len(kpis)), *(trend_chart(kpi) for kpi in kpis)]
    files = {
        "metadata.yaml": {
            "version": VERSION,
            "type": "Dashboard",
            "timestamp": f"{version.published_at.isoformat()}+00:00",
        },
        "databases/sales_kpis.yaml": database(address),
        "datasets/sales_kpis/latest_quarter.yaml": dataset("latest_quarter", quarter_columns, sql=quarter),
        "dashboards/sales_kpis.yaml": dashboard(charts),
    }
    for kpi in kpis:
        files[f"datasets/sales_kpis/{kpi.table}.yaml"] = dataset(kpi.table, columns_of[kpi.table], kpi)
    for name, chart in charts:
        files[f"charts/{name}.yaml"] = chart
    with zipfile.ZipFile(bundle, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            # an entry of a fixed date: the same version gives the same bytes
            entry = zipfile.ZipInfo(f"sales_kpis/{name}")
            archive.writestr(entry, yaml.safe_dump(content, allow_unicode=True, sort_keys=False))
    return len(charts)


def columns_in(connection: duckdb.DuckDBPyConnection, query: str) -> dict[str, str]:
    """The columns of a query and their types, in their order."""
    rows = connection.execute(f"describe {query}").fetchall()
    return {name: data_type for name, data_type, *_ in rows}


def database(address: Path) -> dict[str, Any]:
    """The published file, opened anew for each query, read-only: a build is never kept waiting."""
    return {
        "database_name": "Sales KPIs",
        "sqlalchemy_uri": f"duckdb:///{address}?access_mode=read_only",
        "uuid": identity("database", "sales_kpis"),
        "expose_in_sqllab": True,
        "allow_run_async": False,
        "allow_ctas": False,
        "allow_cvas": False,
        "allow_dml": False,
        "allow_csv_upload": False,
        "extra": {"allows_virtual_table_explore": True},
        "version": VERSION,
    }


def dataset(name: str, columns: dict[str, str], kpi: Kpi | None = None, sql: str | None = None) -> dict[str, Any]:
    """A table of the marts, or a query on them. A KPI's figures are metrics, too, each of one row at a time."""
    figures = kpi.figures if kpi else []
    names = {figure.column: in_both_languages(figure.names) for figure in figures}
    return {
        "table_name": name,
        "schema": "marts",
        "sql": sql,
        "main_dttm_col": "period_start",
        "uuid": identity("dataset", name),
        "database_uuid": identity("database", "sales_kpis"),
        "columns": [
            {
                "column_name": column,
                "verbose_name": names.get(column)
                or in_both_languages({language: header(column, language) for language in LANGUAGES}),
                "type": data_type,
                "is_dttm": data_type == "DATE",
                "groupby": column not in names,
                "filterable": True,
            }
            for column, data_type in columns.items()
        ],
        "metrics": [
            {
                "metric_name": figure.column,
                "verbose_name": names[figure.column],
                "expression": f'max("{figure.column}")',
                "d3format": NUMBER_FORMATS.get(figure.unit),
                "warning_text": "Of one row: choose a period_grain, a dimension and its value, and group by period_start.",
            }
            for figure in figures
        ],
        "version": VERSION,
    }


def trend_chart(kpi: Kpi) -> tuple[str, dict[str, Any]]:
    """A KPI of the company by month: the latest that is over, beside that of a year before."""
    metric = kpi.figures[0].column
    filters = [("period_grain", "month"), ("dimension", "company")]
    form = {
        "viz_type": "big_number",
        "x_axis": "period_start",
        "time_grain_sqla": "P1M",
        "metric": metric,
        "adhoc_filters": [
            *(
                {
                    "clause": "WHERE",
                    "expressionType": "SIMPLE",
                    "subject": column,
                    "operator": "==",
                    "operatorId": "EQUALS",
                    "comparator": value,
                }
                for column, value in filters
            ),
            {"clause": "WHERE", "expressionType": "SQL", "sqlExpression": "is_complete"},
        ],
        "compare_lag": 12,
        "compare_suffix": "in 12 months · 12 ayda",
        "show_timestamp": True,
        "show_trend_line": True,
        "start_y_axis_at_zero": False,
        "time_format": "%Y-%m",
        "y_axis_format": NUMBER_FORMATS.get(kpi.unit, "SMART_NUMBER"),
        "header_font_size": 0.4,
        "subheader_font_size": 0.15,
    }
    query = {
        "columns": [
            {
                "columnType": "BASE_AXIS",
                "sqlExpression": "period_start",
                "label": "period_start",
                "expressionType": "SQL",
                "timeGrain": "P1M",
            }
        ],
        "metrics": [metric],
        "filters": [{"col": column, "op": "==", "val": value} for column, value in filters],
        "extras": {"where": "(is_complete)", "having": ""},
        "orderby": [],
        "row_limit": 10_000,
    }
    return kpi.kpi, chart(in_both_languages(kpi.names), kpi.table, kpi.kpi, form, query)


def table_chart(kpis: int) -> tuple[str, dict[str, Any]]:
    """The latest quarter that is over: every KPI against target, period before and year before."""
    columns = [
        *("kpi_name_en", "kpi_name_tr", "value", "shown_in", "target_value"),
        *("change", "year_ago_value", "status", "period_start", "period_end"),
    ]
    form = {
        "viz_type": "table",
        "query_mode": "raw",
        "all_columns": columns,
        "adhoc_filters": [],
        "order_by_cols": ['["kpi_number", true]'],
        "row_limit": kpis,
        "server_pagination": False,
        "table_timestamp_format": "%Y-%m-%d",
        "column_config": {
            column: {"d3NumberFormat": ",.1f"} for column in ("value", "target_value", "change", "year_ago_value")
        },
    }
    query = {
        "columns": columns,
        "metrics": None,
        "filters": [],
        "extras": {"where": "", "having": ""},
        "orderby": [["kpi_number", True]],
        "row_limit": kpis,
    }
    titles = {"en": "Latest quarter", "tr": "Son çeyrek"}
    return "latest_quarter", chart(in_both_languages(titles), "latest_quarter", "latest_quarter", form, query)


def chart(title: str, table: str, name: str, form: dict[str, Any], query: dict[str, Any]) -> dict[str, Any]:
    """A chart. form: what the page edits and draws from; query: the same for the API and for reports."""
    return {
        "slice_name": title,
        "viz_type": form["viz_type"],
        "params": form,
        "query_context": json.dumps(
            {
                # its id is known when it is imported
                "datasource": {"id": 0, "type": "table"},
                "force": False,
                "queries": [query],
                "form_data": form,
                "result_format": "json",
                "result_type": "full",
            }
        ),
        "dataset_uuid": identity("dataset", table),
        "uuid": identity("chart", name),
        "version": VERSION,
    }


def dashboard(charts: list[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    """The table over its full width, then the other charts, three in a row."""
    rows = [charts[:1], *(charts[at : at + 3] for at in range(1, len(charts), 3))]
    position: dict[str, Any] = {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"type": "ROOT", "id": "ROOT_ID", "children": ["GRID_ID"]},
        "GRID_ID": {
            "type": "GRID",
            "id": "GRID_ID",
            "parents": ["ROOT_ID"],
            "children": [f"ROW-{number}" for number in range(len(rows))],
        },
    }
    for number, row in enumerate(rows):
        parents = ["ROOT_ID", "GRID_ID"]
        position[f"ROW-{number}"] = {
            "type": "ROW",
            "id": f"ROW-{number}",
            "parents": parents,
            "children": [f"CHART-{name}" for name, _ in row],
            "meta": {"background": "BACKGROUND_TRANSPARENT"},
        }
        for name, content in row:
            position[f"CHART-{name}"] = {
                "type": "CHART",
                "id": f"CHART-{name}",
                "parents": [*parents, f"ROW-{number}"],
                "children": [],
                "meta": {
                    "uuid": content["uuid"],
                    # Superset replaces it with the chart's own
                    "chartId": [name for name, _ in charts].index(name) + 1,
                    "sliceName": content["slice_name"],
                    "width": 3 * CHART_WIDTH if number == 0 else CHART_WIDTH,
                    "height": 50 if number == 0 else 30,
                },
            }
    return {
        "dashboard_title": in_both_languages({"en": "Sales KPIs", "tr": "Satış KPI'ları"}),
        "slug": "sales-kpis",
        "uuid": identity("dashboard", "sales_kpis"),
        "position": position,
        "metadata": {"cross_filters_enabled": False, "refresh_frequency": 0},
        "published": True,
        "version": VERSION,
    }


def identity(kind: str, name: str) -> str:
    """The same for the same thing in every version: what is imported again replaces what was there."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"sales_kpis/{kind}/{name}"))


def in_both_languages(names: dict[str, str]) -> str:
    """English · Turkish, once where both are the same."""
    return " · ".join(dict.fromkeys(names[language] for language in LANGUAGES))
