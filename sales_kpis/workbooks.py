"""A published file as an Excel workbook in one language: what it is, the scorecard, and a sheet per KPI."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from .catalogue import LANGUAGES, Kpi, kpis_of, reporting_currency
from .publication import Version
from .words import TITLES, header, meaning, word

#: Excel's limits: rows of a sheet, letters of its name and of a cell.
SHEET_ROWS = 1_048_576
NAME_LENGTH = 31
CELL_LENGTH = 32_767

#: A text that begins with one of these may run as a formula, here or in what the sheet is saved as; a
#: single quote before it stops that: OWASP's CSV Injection page (owasp.org/www-community/attacks/CSV_Injection)
#: and ASVS 5.0, requirement 1.2.10, which names workbooks, too.
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")

#: unit -> number format; {currency} is the reporting currency, and a unit that is not here gets Excel's own
NUMBER_FORMATS = {
    "share": "0.0%",
    "currency": '#,##0.00 "{currency}"',
    "days": "0.0",
    "months": "0.0",
    "ratio": "0.0",
    "count": "#,##0",
}

#: What the fill and the letters of a status look like, beside its word.
STATUS_COLOURS = {
    "on_target": ("#C6EFCE", "#006100"),
    "off_target": ("#FFC7CE", "#9C0006"),
    "no_target": ("#EDEDED", "#404040"),
    "no_value": ("#FFEB9C", "#7F6000"),
    "not_measured": ("#EDEDED", "#404040"),
}

@dataclass(frozen=True)
class Column:
    """A column of a sheet. unit: of its numbers; None where the row says it, or where it has none."""

    name: str
    header: str
    meaning: str
    unit: str | None = None


def write_workbook(file: Path, workbook_path: Path, language: str) -> tuple[int, int]:
    """Write the workbook of a published file; the answer is its sheets and the rows of data in them."""
    with duckdb.connect(str(file), read_only=True) as connection:
        return Workbook(connection, workbook_path, language).write()


class Workbook:
    """The workbook while it is written: the version it shows, the names and formats it has so far."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path, language: str):
        self.connection = connection
        self.language = language
        self.titles = TITLES[language]
        self.currency = reporting_currency(connection)
        self.version = Version.read(lambda sql: connection.execute(sql).fetchall(), "marts")
        # rows go to the disk as they are written, so that memory does not grow with them
        self.book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
        # the same version gives the same bytes
        self.book.set_properties({"title": self.titles["title"], "created": self.version.published_at})
        self.names: set[str] = set()
        self.formats: dict[tuple, Format] = {}

    def write(self) -> tuple[int, int]:
        kpis = kpis_of(self.connection)
        about = self._sheet(self.titles["about"])
        contents = []
        for table, title, kpi in [
            ("kpi_scorecard", self.titles["scorecard"], None),
            *((kpi.table, kpi.names[self.language], kpi) for kpi in kpis),
        ]:
            columns = self._columns_of(table, kpi)
            sheets = list(self._write_rows(table, title, columns))
            contents.append((table, title, kpi, columns, sheets))
        self._write_about(about, contents)
        self.book.close()
        row_counts = [rows for *_, sheets in contents for _, rows in sheets]
        return len(row_counts) + 1, sum(row_counts)

    def _columns_of(self, table: str, kpi: Kpi | None) -> list[Column]:
        """The columns of a mart that readers of this language need, in the mart's order."""
        names = [
            name
            for (name,) in self.connection.execute(
                "select column_name from duckdb_columns() where schema_name = 'marts' and table_name = ?"
                " order by column_index",
                [table],
            ).fetchall()
        ]
        # the scorecard's names: those of this language are enough
        left_out = {"kpi", *(f"kpi_name_{language}" for language in LANGUAGES)} - {f"kpi_name_{self.language}"}
        figures = {figure.column: figure for figure in kpi.figures} if kpi else {}
        columns = []
        for name in names:
            if figure := figures.get(name):
                said = self.titles["itself" if figure is kpi.figures[0] else "beside"]
                columns.append(Column(name, figure.names[self.language], said, figure.unit))
            elif name not in left_out:
                shared = name.removesuffix(f"_{self.language}")
                columns.append(Column(name, header(shared, self.language), meaning(shared, self.language)))
        return columns

    def _write_rows(self, table: str, title: str, columns: list[Column]) -> Iterator[tuple[str, int]]:
        """Write a mart, on as many sheets as its rows need; yields each sheet's name and number of rows."""
        selected = ", ".join(f'"{column.name}"' for column in columns)
        # the KPIs in their order, the company before what it consists of
        number = ""
        if table == "kpi_scorecard":
            number = "(select kpi_number from marts.dim_kpis where dim_kpis.kpi = kpi_scorecard.kpi), "
        rows = self.connection.cursor().execute(
            f'select {selected} from marts."{table}"'
            f" order by {number}dimension <> 'company', dimension, dimension_value, period_grain, period_start"
        )
        unit_at = next((at for at, column in enumerate(columns) if column.name == "unit"), None)
        waiting = rows.fetchmany(10_000)
        while True:
            sheet = self._sheet(title)
            self._write_header(sheet, 0, [column.header for column in columns])
            written = 0
            widths = [len(column.header) / 2 for column in columns]
            while waiting and written < SHEET_ROWS - 1:
                taken = waiting[: SHEET_ROWS - 1 - written]
                waiting = waiting[len(taken) :] or rows.fetchmany(10_000)
                for row in taken:
                    written += 1
                    for at, (column, value) in enumerate(zip(columns, row)):
                        unit = column.unit if unit_at is None else row[unit_at]
                        length = self._write_value(sheet, written, at, column.name, value, unit)
                        widths[at] = max(widths[at], length)
            for at, width in enumerate(widths):
                sheet.set_column(at, at, min(max(width + 2, 12), 60))
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, written, len(columns) - 1)
            yield sheet.name, written
            if not waiting:
                return

    def _write_value(
        self, sheet: Worksheet, row: int, at: int, column: str, value: Any, unit: str | None
    ) -> int:
        """Write one value as what it is; the answer is about how many letters wide it is."""
        if value is None:
            return 0
        if isinstance(value, bool):
            done(sheet.write_boolean(row, at, value))
            return 6
        if isinstance(value, date):
            done(sheet.write_datetime(row, at, value, self._format(num_format="yyyy-mm-dd")))
            return 10
        if isinstance(value, str):
            style = {}
            if column == "status" and value in STATUS_COLOURS:
                fill, letters = STATUS_COLOURS[value]
                style = {"bg_color": fill, "font_color": letters}
            return self._write_text(sheet, row, at, word(column, value, self.language), **style)
        number_format = NUMBER_FORMATS.get(unit, "General").format(currency=self.currency)
        done(sheet.write_number(row, at, float(value), self._format(num_format=number_format)))
        return 16

    def _write_text(self, sheet: Worksheet, row: int, at: int, text: str, **style: Any) -> int:
        """Write a text as a text, whatever it looks like."""
        if text.startswith(FORMULA_BEGINS):
            # as what is typed after a quote, too: editing the cell makes no formula of it
            text, style = f"'{text}", {**style, "quote_prefix": True}
        if len(text) > CELL_LENGTH:
            text = f"{text[: CELL_LENGTH - 1]}…"
        done(sheet.write_string(row, at, text, self._format(**style) if style else None))
        return len(text)

    def _write_header(self, sheet: Worksheet, row: int, headers: list[str]) -> None:
        for at, text in enumerate(headers):
            style = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#DDEBF7"}
            self._write_text(sheet, row, at, text, **style)

    def _write_about(self, sheet: Worksheet, contents: list[tuple]) -> None:
        titles, version = self.titles, self.version
        for at, width in enumerate([34, 48, 30, 12, 80]):
            sheet.set_column(at, at, width)
        self._write_text(sheet, 0, 0, titles["title"], bold=True, font_size=14)
        for row, (name, value) in enumerate(
            [
                ("as_of", date.fromisoformat(version.as_of_date)),
                ("published_at", version.published_at),
                ("run_id", version.run_id),
                ("currency", self.currency),
            ],
            start=1,
        ):
            self._write_text(sheet, row, 0, titles[name], bold=True)
            if isinstance(value, str):
                self._write_text(sheet, row, 1, value)
            else:
                pattern = "yyyy-mm-dd hh:mm" if isinstance(value, datetime) else "yyyy-mm-dd"
                done(sheet.write_datetime(row, 1, value, self._format(num_format=pattern, align="left")))
        for row, note in enumerate(titles["notes"], start=row + 2):
            self._write_text(sheet, row, 0, note)
        row += 2
        self._write_header(sheet, row, titles["sheets"])
        for table, title, kpi, _, sheets in contents:
            for name, rows in sheets:
                row += 1
                quoted = name.replace("'", "''")
                done(sheet.write_url(row, 0, f"internal:'{quoted}'!A1", string=name))
                self._write_text(sheet, row, 1, title if kpi else titles["all_kpis"])
                self._write_text(sheet, row, 2, table)
                self._write_text(sheet, row, 3, word("unit", kpi.unit, self.language) if kpi else "")
                done(sheet.write_number(row, 4, rows, self._format(num_format="#,##0", align="left")))
        row += 2
        self._write_header(sheet, row, titles["columns"])
        for _, _, _, columns, sheets in contents:
            for column in columns:
                row += 1
                unit = word("unit", column.unit or "", self.language)
                texts = [sheets[0][0], column.header, column.name, unit, column.meaning]
                for at, text in enumerate(texts):
                    self._write_text(sheet, row, at, text)

    def _sheet(self, title: str) -> Worksheet:
        return self.book.add_worksheet(sheet_name(title, self.names))

    def _format(self, **properties: Any) -> Format:
        """The workbook's format of these properties, one for each: it holds 64,000 of them."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(properties)
        return self.formats[key]


def sheet_name(title: str, taken: set[str]) -> str:
    """The name of a sheet: the title without what Excel forbids, cut at a word to 31 letters.

    taken: the names so far, in lower case, to which this one is added; a title that comes again gets
    a number.
    """
    title = "".join(" " if letter in "[]:*?/\\" else letter for letter in title).strip("' ") or "-"
    number = 1
    while True:
        ending = f" ({number})" if number > 1 else ""
        name = title + ending
        if len(name) > NAME_LENGTH:
            room = NAME_LENGTH - len(ending) - 1
            whole_words = title[: room + 1].rpartition(" ")[0]
            name = f"{(whole_words or title[:room]).rstrip()}…{ending}"
        # Excel keeps this name for itself
        if name.lower() not in taken | {"history"}:
            taken.add(name.lower())
            return name
        number += 1


def done(code: int | None) -> None:
    """XlsxWriter answers what it has not written with a number below 0."""
    if code:
        raise ValueError(f"a cell could not be written (XlsxWriter's code {code})")
