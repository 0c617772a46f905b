"""The page of all KPIs: one HTML file, made of the published marts, that opens without a server."""

import base64
import gzip
import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import vl_convert

from sales_kpis.words import CODES, word

PARTS = Path(__file__).parent

#: In this order: each uses what stands before it.
SCRIPTS = ("data.js", "format.js", "charts.js", "page.js")


#: SQL -> the names of its columns and its rows, on a published version.
Query = Callable[[str], tuple[list[str], list[tuple]]]


def page(query: Query, schema: str = "marts") -> str:
    """The page as HTML that asks nothing of anywhere: data, charts' library, style and script in it.

    query: asks a published version. Its tables are in `schema`.
    """
    tables = tables_of(query, schema)
    packed = gzip.compress(json.dumps(tables, ensure_ascii=False, separators=(",", ":")).encode(), 9, mtime=0)
    scripts = [f"const TEXTS = {json.dumps(texts(), ensure_ascii=False)};"]
    scripts += [(PARTS / name).read_text(encoding="utf-8") for name in SCRIPTS]
    contents = {
        "css": (PARTS / "page.css").read_text(encoding="utf-8"),
        "data": base64.b64encode(packed).decode(),
        "vega": inert(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed")),
        "js": inert("\n".join(scripts)),
    }
    frame = (PARTS / "page.html").read_text(encoding="utf-8")
    return re.sub(r"\{\{(\w+)\}\}", lambda place: contents[place[1]], frame)


def texts() -> dict[str, dict[str, str]]:
    """What the page says: key -> language -> text. Codes in the tables are keys, too."""
    codes = {
        code: {language: word(column, code, language) for language in CODES}
        for column in ("period_grain", "dimension", "status")
        for code in CODES["en"][column]
    }
    return codes | json.loads((PARTS / "texts.json").read_text(encoding="utf-8"))


def inert(script: str) -> str:
    """A script that cannot end the element in which it stands."""
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def tables_of(query: Query, schema: str) -> dict[str, dict]:
    """Everything that the page shows: name -> its rows by column. Nothing is computed but counts of rows.

    A KPI's rows are joined with what stands on their cards.
    """
    tables = {
        name: query(f"select * from {schema}.{name}")
        for name in ("dim_kpis", "dim_kpi_figures", "dim_periods", "settings_in_use", "published_run")
    }
    names = {name for (name,) in query(
        f"select table_name from information_schema.tables where table_schema = '{schema}'"
    )[1]}  # fmt: skip
    if "dim_rep_names" in names:
        tables["dim_rep_names"] = query(f"select * from {schema}.dim_rep_names")
    kpis = [row[tables["dim_kpis"][0].index("kpi")] for row in tables["dim_kpis"][1]]
    columns, figures = tables["dim_kpi_figures"]
    for kpi in kpis:
        own = ", ".join(
            f"figures.{row[columns.index('column_name')]}" for row in figures if row[columns.index("kpi")] == kpi
        )
        tables[f"kpi_{kpi}"] = query(
            "select cards.period_grain, cards.period_start, cards.dimension, cards.dimension_value,"
            " cards.is_mature, cards.target_value, cards.status, cards.target_attainment,"
            " cards.change, cards.change_verdict, cards.year_ago_change, cards.year_ago_verdict,"
            f" {own} from {schema}.kpi_{kpi} as figures inner join {schema}.rpt_kpi_cards as cards"
            f" on cards.kpi = '{kpi}' and figures.period_grain = cards.period_grain"
            " and figures.period_start = cards.period_start and figures.dimension = cards.dimension"
            " and figures.dimension_value = cards.dimension_value"
        )
    for name in sorted(names):
        if name.startswith("rpt_") and name != "rpt_kpi_cards":
            # the charts are of teams and sources, not of each rep: with five hundred of them the page
            # would be several times as large
            tables[name] = query(f"select * from {schema}.{name} where dimension <> 'rep'")
    tables["page_facts"] = query(
        f"select sum(raw_rows) as raw, sum(rejected_rows) as rejected from {schema}.published_inputs"
    )
    return {name: packed_table(*table) for name, table in tables.items()}


def packed_table(names: list[str], rows: list[tuple]) -> dict:
    """Rows by column, sorted, for JSON; texts and dates once each, the column holds their places."""
    columns = {}
    rows = sorted(rows, key=lambda row: [(value is None, value) for value in row])
    for name, values in zip(names, zip(*rows) if rows else [()] * len(names)):
        columns[name] = packed_column(values)
    return {"rows": len(rows), "columns": columns}


def packed_column(values: tuple) -> dict:
    if all(value is None or isinstance(value, (bool, int, float, Decimal)) for value in values):
        return {"values": [plain_number(value) for value in values]}
    texts: dict[str, int] = {}
    places = [None if value is None else texts.setdefault(str(value), len(texts)) for value in values]
    return {"values": places, "texts": list(texts)}


def plain_number(value: bool | int | float | Decimal | None) -> bool | int | float | None:
    """A number that JSON can hold: all of a decimal's fifteen leading digits, no zeros behind."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
