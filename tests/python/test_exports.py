"""Exports hold what is published, value by value, of one version; and no text in them is a formula."""

import datetime
import json
import math
import os
import subprocess
import sys
import zipfile
from collections import Counter
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pantab
import pyarrow
import pytest
import yaml
from openpyxl.utils.escape import unescape

from conftest import ROOT
from publications import publication, run_number
from sales_kpis import exports, workbooks
from sales_kpis.publication import publication_of
from sales_kpis.published_files import PublishedFiles
from sales_kpis.words import CODES
from sales_kpis.workbooks import sheet_name

PERIOD = (
    "period_grain varchar, period_start date, period_end date, is_complete boolean,"
    " dimension varchar, dimension_value varchar"
)

#: What comes from somebody's CRM, and what the cell says then.
DANGEROUS = {
    '=HYPERLINK("http://x")': "'=HYPERLINK(\"http://x\")",
    "+1": "'+1",
    "-2+3": "'-2+3",
    "@cmd": "'@cmd",
    "\tcmd": "'\tcmd",
    "\r=1": "'\r=1",
    "＝1": "'＝1",
}
HARMLESS = [
    *("http://example.com", "12", "2026-01-01", "'quoted'", "TRUE"),
    *("<b>&amp;</b>", "İzmir", " =1", "{=1}", "_x0041_"),
]

KPIS = [
    # kpi, name_en, name_tr, unit, better, figures
    ("deal_size", "Deal Size", "Anlaşma Büyüklüğü", "currency", "higher",
     [("deal_size", "Deal size", "Anlaşma büyüklüğü", "currency", "decimal(28, 6)"),
      ("deals", "Deals", "Anlaşma", "count", "bigint")]),
    ("loyalty", "Loyalty", "Sadakat", "share", "higher",
     [("loyalty_rate", "Loyalty rate", "Sadakat oranı", "share", "decimal(28, 6)"),
      ("tenure_days", "Tenure", "Kıdem", "days", "decimal(28, 6)")]),
]  # fmt: skip
THIRD = ("calls", "Calls", "Arama", "count", "higher", [("calls", "Calls made", "Yapılan arama", "count", "bigint")])


def small_warehouse(path: Path, run: int, kpis: list = KPIS) -> list[str]:
    """A work file with the catalogue's tables, a scorecard and some KPIs; the answer is its tables.

    The company's value is the run's number.
    """
    with duckdb.connect(str(path)) as connection:
        connection.execute("drop schema if exists marts cascade")
        connection.execute("create schema marts")
        for statement in (
            "dim_kpis (kpi_number int, kpi varchar, kpi_name_en varchar, kpi_name_tr varchar, unit varchar)",
            "dim_kpi_figures (kpi varchar, figure_number int, column_name varchar, figure_name_en varchar,"
            " figure_name_tr varchar, unit varchar)",
            "settings_in_use (setting varchar, setting_value varchar)",
            f"kpi_scorecard (kpi varchar, kpi_name_en varchar, kpi_name_tr varchar, unit varchar, better varchar,"
            f" {PERIOD}, value decimal(28, 6), previous_value decimal(28, 6), change decimal(28, 6),"
            " year_ago_value decimal(28, 6), target_value decimal(28, 6), status varchar)",
        ):
            connection.execute(f"create table marts.{statement}")
        connection.execute("insert into marts.settings_in_use values ('reporting_currency', 'TRY')")
        statuses = ["on_target", "off_target", "no_target", "no_value"]
        for number, (kpi, name_en, name_tr, unit, better, figures) in enumerate(kpis, start=1):
            row = [number, kpi, name_en, name_tr, unit]
            connection.execute("insert into marts.dim_kpis values (?, ?, ?, ?, ?)", row)
            columns = ", ".join(f"{column} {data_type}" for column, *_, data_type in figures)
            connection.execute(f"create table marts.kpi_{kpi} ({PERIOD}, {columns})")
            for at, (column, figure_en, figure_tr, figure_unit, _) in enumerate(figures, start=1):
                connection.execute(
                    "insert into marts.dim_kpi_figures values (?, ?, ?, ?, ?, ?)",
                    [kpi, at, column, figure_en, figure_tr, figure_unit],
                )
            month = ["month", "2026-01-01", "2026-01-31", True]
            names = [("company", "all"), *(("team", text) for text in [*DANGEROUS, *HARMLESS])]
            for at, (dimension, value) in enumerate(names):
                # the second is a small negative, the third nothing, the others large ones and small ones
                number = [Decimal(run), Decimal("-0.05"), None, Decimal("123456789.123456")][at % 4]
                row = [*month, dimension, value]
                connection.execute(
                    f"insert into marts.kpi_{kpi} values ({', '.join('?' * (6 + len(figures)))})",
                    [*row, number, *[at] * (len(figures) - 1)],
                )
                connection.execute(
                    f"insert into marts.kpi_scorecard values ({', '.join('?' * 17)})",
                    [kpi, name_en, name_tr, unit, better, *row]
                    + [number, None, number, number, None, statuses[at % 4]],
                )
    return [*(f"kpi_{kpi[0]}" for kpi in kpis), "dim_kpi_figures", "dim_kpis", "kpi_scorecard", "settings_in_use"]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("SALES_KPIS_DUCKDB_PATH", str(tmp_path / "work.duckdb"))
    monkeypatch.setenv("SALES_KPIS_PUBLISHED", str(tmp_path / "published"))
    monkeypatch.setenv("DBT_TARGET_PATH", str(tmp_path / "target"))
    return tmp_path


def publish(folder: Path, run: int, kpis: list = KPIS) -> PublishedFiles:
    published = PublishedFiles(folder / "published")
    published.publish(publication(run, tables=small_warehouse(folder / "work.duckdb", run, kpis)))
    return published


def export(folder: Path) -> Path:
    PublishedFiles(folder / "published").add_exports(exports.write_exports)
    return folder / "published" / "exports"


@pytest.fixture(scope="module")
def company(fixture_build, tmp_path_factory) -> Path:
    """The published folder of the company that comes with the project, with its exports."""
    folder = tmp_path_factory.mktemp("company")
    manifest = fixture_build.warehouse.parent / "target" / "manifest.json"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SALES_KPIS_DUCKDB_PATH", str(fixture_build.warehouse))
        published = PublishedFiles(folder / "published")
        published.publish(publication_of(json.loads(manifest.read_bytes()), fixture_build.query, {}))
        published.add_exports(exports.write_exports)
    return folder / "published"


def query(published: Path, sql: str) -> list[tuple]:
    with duckdb.connect(str(published / "sales_kpis.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def tables_in(published: Path) -> list[str]:
    return [name for (name,) in query(published, "select table_name from duckdb_tables() order by all")]


def as_double(value):
    return float(value) if isinstance(value, Decimal) else value


# the Tableau extract


def extract_table(published: Path, table: str) -> pyarrow.Table:
    """A table as Tableau's own engine reads it."""
    return pantab.frame_from_hyper(
        published / "exports" / "sales_kpis.hyper", table=("marts", table), return_type="pyarrow"
    )


def rows_of(table: pyarrow.Table) -> Counter:
    return Counter(zip(*(column.to_pylist() for column in table.columns)) if table.num_rows else [])


def extract_rows(published: Path, table: str) -> Counter:
    return rows_of(extract_table(published, table))


@pytest.fixture(scope="module")
def company_extract(company) -> dict[str, pyarrow.Table]:
    """The tables of the company's extract, read once: the engine starts anew for each."""
    names = pantab.libpantab.get_table_names(str(company / "exports" / "sales_kpis.hyper"))
    assert {schema for schema, _ in names} == {"marts"}
    return {name: extract_table(company, name) for _, name in names}


def test_the_extract_has_every_table_row_and_value(company, company_extract):
    assert sorted(company_extract) == tables_in(company)
    for table, read in company_extract.items():
        published = query(company, f"from marts.{table}")
        assert rows_of(read) == Counter(tuple(map(as_double, row)) for row in published), table


def test_the_extract_has_the_types_that_tableau_knows(company, company_extract):
    types = {
        "VARCHAR": "large_string", "DATE": "date32[day]", "BOOLEAN": "bool", "TIMESTAMP": "timestamp[us]",
        "INTEGER": "int32", "BIGINT": "int64", "DECIMAL(28,6)": "double",
    }  # fmt: skip
    for table, read in company_extract.items():
        assert [(field.name, str(field.type)) for field in read.schema] == [
            (name, types[data_type])
            for name, data_type in query(
                company,
                "select column_name, data_type from duckdb_columns()"
                f" where schema_name = 'marts' and table_name = '{table}' order by column_index",
            )
        ]


def test_the_extract_holds_small_negatives_and_any_text(folder):
    publish(folder, 1)
    export(folder)
    for table in ("kpi_deal_size", "kpi_scorecard"):
        published = query(folder / "published", f"from marts.{table}")
        assert any(Decimal("-0.05") in row for row in published)
        assert extract_rows(folder / "published", table) == Counter(tuple(map(as_double, row)) for row in published)


# the workbooks


def sheets_of(published: Path, language: str) -> dict[str, list[tuple]]:
    """sheet -> its rows of values, the header first."""
    book = openpyxl.load_workbook(published / "exports" / f"sales_kpis_{language}.xlsx", read_only=True)
    return {
        sheet.title: [tuple(map(as_shown, row)) for row in sheet.iter_rows(values_only=True)]
        for sheet in book.worksheets
    }


def as_shown(value):
    """openpyxl leaves the escapes of control characters in a text as they stand in the file."""
    return unescape(value) if isinstance(value, str) else value


@pytest.fixture(scope="module")
def company_sheets(company) -> dict[str, dict[str, list[tuple]]]:
    """language -> the sheets of the company's workbook, read once."""
    return {language: sheets_of(company, language) for language in ("en", "tr")}


def close(cell, value) -> bool:
    """Is this the published value, to the fifteen digits that Excel keeps?"""
    if isinstance(value, (Decimal, float)):
        return isinstance(cell, (int, float)) and math.isclose(cell, value, rel_tol=1e-15)
    return type(cell) is type(value) and cell == value


def as_cell(column: str, value, language: str):
    """What a cell should say of a published value."""
    if isinstance(value, str):
        value = CODES[language].get(column, {}).get(value, value)
        return f"'{value}" if value[0] in "=+-@\t\r" else value
    if type(value) is datetime.date:
        return datetime.datetime.combine(value, datetime.time())
    return value


@pytest.mark.parametrize("language", ["en", "tr"])
def test_a_workbook_has_every_row_and_value_of_scorecard_and_kpis(company, company_sheets, language):
    sheets = company_sheets[language]
    other = {"en": "tr", "tr": "en"}[language]
    kpis = query(company, "select kpi from marts.dim_kpis order by kpi_number")
    tables = ["kpi_scorecard", *(f"kpi_{kpi}" for (kpi,) in kpis)]
    assert len(sheets) == len(tables) + 1
    for (title, (headers, *rows)), table in zip([*sheets.items()][1:], tables):
        columns = [
            name
            for (name,) in query(
                company,
                f"select column_name from duckdb_columns() where table_name = '{table}' order by column_index",
            )
            if name not in ("kpi", f"kpi_name_{other}")
        ]
        assert len(headers) == len(columns) and all(headers), title
        published = query(company, f"select {', '.join(columns)} from marts.{table}")
        assert len(rows) == len(published), title
        # in one order: by what names the row, as its cells say it
        key = {f"kpi_name_{language}", "period_grain", "period_start", "dimension", "dimension_value"}
        at = [number for number, name in enumerate(columns) if name in key]
        expected = [[as_cell(*pair, language) for pair in zip(columns, row)] for row in published]
        rows.sort(key=lambda row: [str(row[number]) for number in at])
        expected.sort(key=lambda row: [str(row[number]) for number in at])
        for cells, row in zip(rows, expected):
            assert all(map(close, cells, row)), (title, cells, row)


@pytest.mark.parametrize("language", ["en", "tr"])
def test_names_come_from_the_catalogue_in_the_language(company, company_sheets, language):
    sheets = company_sheets[language]
    about = [*sheets.values()][0]
    for kpi, name in query(company, f"select kpi, kpi_name_{language} from marts.dim_kpis"):
        # the full name stands in the first sheet, and the name of the sheet begins as it does
        (sheet,) = {row[0] for row in about if row[1] == name and row[2] == f"kpi_{kpi}"}
        assert name.startswith(sheet.removesuffix("…"))
        figures = query(
            company,
            f"select figure_name_{language} from marts.dim_kpi_figures where kpi = '{kpi}' order by figure_number",
        )
        assert list(sheets[sheet][0][-len(figures) :]) == [figure for (figure,) in figures]


def test_the_first_sheet_says_which_version_it_is(company, company_sheets):
    ((run_id, published_at, as_of_date),) = query(
        company, "select run_id, published_at, as_of_date from marts.published_run"
    )
    about = company_sheets["en"]["About"]
    assert dict(row[:2] for row in about[1:5]) == {
        "As of": datetime.datetime.combine(as_of_date, datetime.time()),
        "Published at (UTC)": published_at,
        "Run": run_id,
        "Reporting currency": "TRY",
    }
    assert company_sheets["tr"]["Hakkında"][1][0] == "Rapor günü"


def test_every_column_of_every_sheet_is_explained(company_sheets):
    for sheets in company_sheets.values():
        (_, about), *others = sheets.items()
        explained = {(row[0], row[1]) for row in about if row[4] and isinstance(row[4], str)}
        assert {(title, header) for title, rows in others for header in rows[0]} <= explained


@pytest.fixture
def book(folder):
    publish(folder, 1)
    return openpyxl.load_workbook(export(folder) / "sales_kpis_tr.xlsx")


def test_numbers_are_shown_by_their_unit(book):
    _, scorecard, deals, loyalty = book.worksheets
    assert [cell.number_format for cell in deals[2]][-2:] == ['#,##0.00 "TRY"', "#,##0"]
    assert [cell.number_format for cell in loyalty[2]][-2:] == ["0.0%", "0.0"]
    assert [cell.number_format for cell in deals[2]][1:3] == ["yyyy-mm-dd"] * 2
    value = [cell.value for cell in scorecard[1]].index("Değer")
    shown = {(row[0].value, row[value].number_format) for row in scorecard.iter_rows(min_row=2) if row[value].value}
    assert shown == {("Anlaşma Büyüklüğü", '#,##0.00 "TRY"'), ("Sadakat", "0.0%")}


def test_a_status_is_a_word_and_a_colour(book):
    scorecard = book.worksheets[1]
    shown = {(row[-1].value, row[-1].fill.fgColor.rgb) for row in scorecard.iter_rows(min_row=2)}
    assert shown == {
        ("Hedefte", "FFC6EFCE"),
        ("Hedefin gerisinde", "FFFFC7CE"),
        ("Hedef yok", "FFEDEDED"),
        ("Değer yok", "FFFFEB9C"),
    }


def test_sheets_can_be_filtered_and_keep_their_header_in_sight(book):
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions


def test_no_text_is_a_formula(folder, book):
    for sheet in book.worksheets[1:]:
        (at,) = [cell.column - 1 for cell in sheet[1] if cell.value == "Kırılım değeri"]
        cells = [row[at] for row in sheet.iter_rows(min_row=2)]
        said = {as_shown(cell.value): cell for cell in cells}
        assert set(said) == {"all", *DANGEROUS.values(), *HARMLESS}
        for text, cell in said.items():
            assert cell.data_type == "s"
            assert cell.quotePrefix == (text in DANGEROUS.values()), text
    for language in ("en", "tr"):
        with zipfile.ZipFile(folder / "published" / "exports" / f"sales_kpis_{language}.xlsx") as parts:
            for name in parts.namelist():
                if name.startswith("xl/worksheets/sheet"):
                    assert b"<f>" not in parts.read(name) and b"<f " not in parts.read(name)


@pytest.mark.parametrize(
    ("title", "taken", "name"),
    [
        ("Conversion Rate", [], "Conversion Rate"),
        ("x" * 31, [], "x" * 31),
        ("x" * 32, [], "x" * 30 + "…"),
        ("Satış Sürecine Eklenen Yeni Müşteri Adayı Sayısı", [], "Satış Sürecine Eklenen Yeni…"),
        ("Conversion Rate", ["conversion rate"], "Conversion Rate (2)"),
        ("Satış Sürecine Eklenen Yeni Müşteri Adayı", ["satış sürecine eklenen yeni…"], "Satış Sürecine Eklenen… (2)"),
        ("Won/lost [all]: a*b?", [], "Won lost  all   a b"),
        ("'quoted'", [], "quoted"),
        ("History", [], "History (2)"),
        ("", [], "-"),
    ],
)  # fmt: skip
def test_the_name_of_a_sheet_is_one_that_excel_takes(title, taken, name):
    assert sheet_name(title, set(taken)) == name
    assert len(name) <= 31


def test_rows_that_a_sheet_cannot_hold_go_on_on_the_next(folder, monkeypatch):
    publish(folder, 1)
    monkeypatch.setattr(workbooks, "SHEET_ROWS", 6)
    export(folder)
    sheets = sheets_of(folder / "published", "en")
    parts = {title: rows for title, rows in sheets.items() if title.startswith("Loyalty")}
    assert [*parts] == ["Loyalty", "Loyalty (2)", "Loyalty (3)", "Loyalty (4)"]
    assert len({rows[0] for rows in parts.values()}) == 1
    values = [row[5] for rows in parts.values() for row in rows[1:]]
    assert sorted(values) == sorted(["all", *DANGEROUS.values(), *HARMLESS])
    assert all(len(rows) <= 6 for rows in parts.values())
    # and the first sheet lists them all
    assert {row[0] for row in sheets["About"]} >= set(parts)


def test_a_text_longer_than_a_cell_holds_ends_with_a_mark(folder):
    tables = small_warehouse(folder / "work.duckdb", 1)
    with duckdb.connect(str(folder / "work.duckdb")) as connection:
        connection.execute(
            "update marts.kpi_loyalty set dimension_value = repeat('x', 40000) where dimension = 'company'"
        )
    PublishedFiles(folder / "published").publish(publication(1, tables=tables))
    export(folder)
    values = [row[5] for row in sheets_of(folder / "published", "en")["Loyalty"]]
    assert "x" * 32_766 + "…" in values


def test_one_more_kpi_appears_by_itself(folder):
    publish(folder, 1, kpis=[*KPIS, THIRD])
    export(folder)
    assert sheets_of(folder / "published", "tr")["Arama"][0][-1] == "Yapılan arama"
    assert sum(extract_rows(folder / "published", "kpi_calls").values()) == 1 + len(DANGEROUS) + len(HARMLESS)
    assert bundle(folder)["charts/calls.yaml"]["slice_name"] == "Calls · Arama"


# the Superset dashboard; `make test-superset` imports it and asks it for its rows


def bundle(folder: Path) -> dict[str, dict]:
    """file -> content of the bundle."""
    with zipfile.ZipFile(folder / "published" / "exports" / "superset.zip") as archive:
        return {
            name.removeprefix("sales_kpis/"): yaml.safe_load(archive.read(name)) for name in archive.namelist()
        }


def test_the_dashboard_has_a_chart_for_each_kpi_and_its_parts_fit(folder):
    publish(folder, 1)
    export(folder)
    files = bundle(folder)
    charts = {name: content for name, content in files.items() if name.startswith("charts/")}
    assert set(charts) == {"charts/latest_quarter.yaml", "charts/deal_size.yaml", "charts/loyalty.yaml"}
    assert charts["charts/loyalty.yaml"]["params"]["y_axis_format"] == ".1%"
    uuids = {content["uuid"] for name, content in files.items() if name.startswith("datasets/")}
    assert {chart["dataset_uuid"] for chart in charts.values()} == uuids
    shown = [
        part["meta"]["uuid"]
        for part in files["dashboards/sales_kpis.yaml"]["position"].values()
        if isinstance(part, dict) and part["type"] == "CHART"
    ]
    assert sorted(shown) == sorted(chart["uuid"] for chart in charts.values())


def test_the_dashboard_asks_the_published_file_whichever_version_it_is(folder):
    publish(folder, 1)
    export(folder)
    assert bundle(folder)["databases/sales_kpis.yaml"]["sqlalchemy_uri"] == (
        f"duckdb:///{folder / 'published' / 'sales_kpis.duckdb'}?access_mode=read_only"
    )


# versions


def runs_in(folder: Path) -> set[int]:
    """The runs that all exports say they are of: one, if all is well."""
    published = folder / "published"
    ((run_id, *_),) = extract_rows(published, "published_run")
    runs = {run_number(run_id)}
    # the first row of a KPI holds its run's number
    runs |= {int(row[6]) for row in extract_rows(published, "kpi_deal_size") if row[4] == "company"}
    for language in ("en", "tr"):
        about, _, deals, _ = sheets_of(published, language).values()
        runs |= {run_number(about[3][1]), deals[1][6]}
    return runs


def test_exports_are_of_the_version_that_readers_see_and_go_back_with_it(folder):
    published = publish(folder, 1)
    export(folder)
    assert runs_in(folder) == {1}
    publish(folder, 2)
    # none have been made of this version: better none than those of another
    assert not (folder / "published" / "exports").exists()
    export(folder)
    assert runs_in(folder) == {2}
    published.roll_back()
    assert runs_in(folder) == {1}
    # what the next build publishes takes the place of the version that was rolled back
    publish(folder, 3)
    export(folder)
    assert runs_in(folder) == {3}


def test_exports_of_a_version_that_was_rolled_back_to(folder):
    published = publish(folder, 1)
    publish(folder, 2)
    export(folder)
    published.roll_back()
    # the work file still holds what the rolled-back version was made of
    export(folder)
    assert runs_in(folder) == {1}


def test_exports_made_again_are_the_same_and_leave_nothing_behind(folder):
    publish(folder, 1)
    # Hyper's own files differ from run to run
    before, after = (
        {path.name: path.read_bytes() for path in export(folder).iterdir() if path.suffix != ".hyper"}
        for _ in range(2)
    )
    assert after == before
    assert set(before) == {"sales_kpis_en.xlsx", "sales_kpis_tr.xlsx", "superset.zip"}
    kept = sorted(path.name for path in (folder / "published" / "current").iterdir())
    assert [name for name in kept if not name.startswith(".exports-")] == ["exports", "parquet", "sales_kpis.duckdb"]
    assert len(kept) == 4


def test_exports_that_fail_leave_those_before(folder):
    published = publish(folder, 1)
    export(folder)
    (folder / "published" / "current" / ".exports-of-a-killed-run").mkdir()

    def half(file, made):
        (made / "sales_kpis.hyper").write_bytes(b"half")
        raise OSError("the disk is full")

    with pytest.raises(OSError):
        published.add_exports(half)
    assert runs_in(folder) == {1}
    export(folder)
    assert len([*(folder / "published" / "current").glob(".exports-*")]) == 1


def test_a_reader_may_read_the_exports(folder):
    publish(folder, 1)
    expected = (folder / "published" / "sales_kpis.duckdb").stat().st_mode
    assert {path.stat().st_mode for path in export(folder).iterdir()} == {expected}


# the command


def command(folder: Path, *arguments: str) -> subprocess.CompletedProcess:
    (folder / "elsewhere").mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, "-m", "sales_kpis", "exports", *arguments],
        cwd=folder / "elsewhere",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_the_command_says_what_it_makes_and_leaves_no_log(folder):
    publish(folder, 1)
    finished = command(folder)
    assert finished.returncode == 0, finished.stdout
    lines = finished.stdout.splitlines()
    assert lines[0].startswith("Exports of the version of 2026-01-01 00:00 UTC, as of 2026-01-01 (")
    assert [line.split()[:3] for line in lines[1:5]] == [
        ["sales_kpis.hyper", "8", "tables"],
        ["sales_kpis_en.xlsx", "4", "sheets"],
        ["sales_kpis_tr.xlsx", "4", "sheets"],
        ["superset.zip", "3", "charts"],
    ]
    assert [*(folder / "elsewhere").iterdir()] == []


def test_the_command_refuses_in_a_line(folder):
    finished = command(folder)
    assert (finished.returncode, finished.stdout) == (1, "No exports: nothing is published; make build publishes.\n")
    finished = command(folder, "--target", "postgres")
    assert finished.returncode == 1
    assert finished.stdout.startswith("Exports are made of what the target duckdb publishes")
