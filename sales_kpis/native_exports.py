"""Native exports of CRM and HR systems as they lie: which objects, columns, rows and labels there are."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import duckdb

from .preflight import native_objects, squeezed
from .project import Settings, warehouse_path
from .published_schema import connected

SOURCES = {"salesforce": "crm", "hubspot": "crm", "workday": "hr", "bamboohr": "hr"}

#: SQL -> rows
Query = Callable[[str], list[tuple]]


@dataclass
class Export:
    """A source's exports: for each object that is there how SQL reads it, and its columns."""

    source: str
    settings: Settings
    query: Query
    relations: dict[str, str]
    columns: dict[str, list[str]]

    @property
    def contract(self) -> dict[str, dict]:
        """The objects that the source's mapping may read."""
        return native_objects(self.source, self.settings)

    def column(self, object_: str, wanted: str, other_names: tuple[str, ...] = ()) -> str | None:
        """The column that holds a native one, in any spelling."""
        for name in (wanted, *other_names):
            for column in self.columns[object_]:
                if self.spelled(column) == squeezed(name):
                    return column
        return None

    def spelled(self, column: str) -> str:
        """A column's name in the one spelling of all; HubSpot's loaders put a prefix before it."""
        name = squeezed(column)
        return name.removeprefix("properties").removeprefix("property") if self.source == "hubspot" else name

    def other_names(self, object_: str, column: str) -> tuple[str, ...]:
        """Other names under which the mapping looks for a column of an object."""
        return tuple(self.contract[object_]["columns"].get(column, "").split("|")[1:])

    def rows(self, object_: str) -> int:
        ((rows,),) = self.query(f"select count(*) from {self.relations[object_]}")
        return rows

    def labels(self, object_: str, column: str) -> list[tuple[str, int]]:
        """The labels in a column, each with the rows that have it, the most frequent first; blank is ``""``.

        Of a history of many fields those rows count that are of the label's own.
        """
        chosen = []
        for field, value in self.contract[object_].get("labels_where", {}).items():
            if found := self.column(object_, field, self.other_names(object_, field)):
                chosen.append(f"lower(cast({quoted(found)} as varchar)) = '{value.lower()}'")
        where = f" where {' and '.join(chosen)}" if chosen else ""
        return self.query(
            f"select trim(coalesce(cast({quoted(column)} as varchar), '')), count(*)"
            f" from {self.relations[object_]}{where} group by 1 order by 2 desc, 1"
        )


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def objects_by_name(source: str, settings: Settings) -> dict[str, str]:
    """A name of an object as it may be spelled in exports, squeezed -> the object."""
    return {
        squeezed(name): object_
        for object_, contract in native_objects(source, settings).items()
        for name in (object_, *contract.get("other_names", []))
    }


def exports_in_folder(folder: Path, settings: Settings) -> list[Export]:
    """The exports in FOLDER/<source>, those of which a mapping knows an object.

    Raises duckdb.Error where a file cannot be read.
    """
    connection = duckdb.connect()

    def query(sql: str) -> list[tuple]:
        return connection.execute(sql).fetchall()

    exports = []
    for source in SOURCES:
        names = objects_by_name(source, settings)
        relations = {}
        for entry in sorted((folder / source).iterdir()) if (folder / source).is_dir() else []:
            object_ = names.get(squeezed(entry.name.split(".")[0]))
            files = sorted(map(str, entry.iterdir())) if entry.is_dir() else [str(entry)]
            if object_ and files and files[0].endswith(".csv"):
                relations[object_] = f"read_csv({files}, all_varchar = true, header = true, delim = ',', quote = '\"')"
            elif object_ and files and files[0].endswith(".parquet"):
                relations[object_] = f"read_parquet({files})"
        columns = {
            object_: [row[0] for row in query(f"describe from {relation}")] for object_, relation in relations.items()
        }
        if relations:
            exports.append(Export(source, settings, query, relations, columns))
    return exports


def exports_in_schemas(settings: Settings, open_until: ExitStack) -> list[Export]:
    """The exports in the schemas that the settings name, on the target's warehouse.

    Raises duckdb.Error or psycopg2.Error where there is no warehouse.
    """
    if settings.target == "postgres":
        cursor = open_until.enter_context(connected())

        def query(sql: str) -> list[tuple]:
            cursor.execute(sql)
            return cursor.fetchall()
    else:
        connection = open_until.enter_context(duckdb.connect(str(warehouse_path()), read_only=True))

        def query(sql: str) -> list[tuple]:
            return connection.execute(sql).fetchall()

    exports = []
    for system in ("crm", "hr"):
        source = settings.get(f"{system}_source")
        schema = settings.get(f"{system}_schema") or settings.get("input_schema")
        if not source or not schema:
            continue
        names = objects_by_name(source, settings)
        relations, columns = {}, {}
        for table, column in query(
            "select table_name, column_name from information_schema.columns"
            f" where table_schema = '{schema.replace(chr(39), chr(39) * 2)}' order by table_name, ordinal_position"
        ):
            if object_ := names.get(squeezed(table)):
                relations[object_] = f"{quoted(schema)}.{quoted(table)}"
                columns.setdefault(object_, []).append(column)
        if relations:
            exports.append(Export(source, settings, query, relations, columns))
    return exports
