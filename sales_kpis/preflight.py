"""Check each input file before dbt starts: there, and what the specification says, to the last byte."""

import hashlib
import re
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

import duckdb
import jinja2

from .csv_files import CsvFile, InputError
from .project import ROOT, Settings

#: Bytes of CSV from which on a second process is worth its start.
LARGE = 50 * 2**20


class InputFile(NamedTuple):
    """A file that can be read: the input, its rows without the header, and the SHA-256 of its bytes."""

    table: str
    path: Path
    rows: int
    sha256: str


def check(settings: Settings) -> list[InputFile]:
    """All files of the inputs, the seeds' among them; none where the inputs are tables of a warehouse.

    Raises InputError at the first that cannot be read.
    """
    if not settings.inputs_are_files:
        return []
    arguments = [
        (table, path, settings.get("input_format", "csv"), columns)
        for table, path, columns in places(settings)
    ]
    if sum(path.stat().st_size for _, path, _, _ in arguments) < LARGE:
        return [checked(*file) for file in arguments]
    # the largest first, so that two processes end together
    arguments.sort(key=lambda file: -file[1].stat().st_size)
    with ProcessPoolExecutor(2) as pool:
        return sorted(pool.map(checked, *zip(*arguments)))


def places(settings: Settings) -> list[tuple[str, Path, list[str]]]:
    """What is to be checked: the input or the source's object, a file of it, the columns that it must have.

    Which of a source's objects must be there, and which inputs may be missing beside it, is the project's
    to know, and dbt says it before it builds.
    """
    exports = [
        (f"{source}.{name}", path, [])
        for source in settings.sources
        for name, path in paths_of_objects(source, settings)
    ]
    may_be_missing = bool(settings.sources or settings.get("absent_inputs"))
    tables = [
        (table, path, list(columns))
        for table, columns in input_tables().items()
        for path in paths_of(table, settings, may_be_missing)
    ]
    return exports + tables


def paths_of_objects(source: str, settings: Settings) -> list[tuple[str, Path]]:
    """The files of a source's objects in FOLDER/<source>, each with the object's own name."""
    ending = "." + settings.get("input_format", "csv")
    folder = Path(settings.get("input_dir"), source)
    names = {
        squeezed(name): object_
        for object_, contract in native_objects(source, settings).items()
        if is_read(contract, settings)
        for name in (object_, *contract.get("other_names", []))
    }
    return [
        (names[squeezed(top)], path)
        for path in sorted(folder.rglob(f"*{ending}"))
        if squeezed(top := path.relative_to(folder).parts[0].removesuffix(ending)) in names
    ]


def squeezed(name: str) -> str:
    """A native name in the one spelling in which all others meet, as the macro of this name has it."""
    return name.lower().replace("_", "")


def native_objects(source: str, settings: Settings) -> dict[str, dict]:
    """The objects that a source's mapping may read, from the macro that holds them."""
    objects = returned_by(
        f"native/{source}_objects", setting=lambda name: settings.get(name, {} if name == "fields" else None)
    )
    for contract in objects.values():
        # a star behind a field's column says that it must be there
        contract["fields"] = {
            field: (column or "").rstrip("*") or None for field, column in contract.get("fields", {}).items()
        }
    return objects


def is_read(contract: dict, settings: Settings) -> bool:
    """Whether an object is read under the settings that choose among several places."""
    return all(settings.get(rung) in values for rung, values in contract.get("rungs", {}).items())


def rows_by_table(files: list[InputFile]) -> dict[str, int]:
    """The raw rows of each input."""
    rows = Counter()
    for file in files:
        rows[file.table] += file.rows
    return dict(rows)


def hashes_by_table(files: list[InputFile], settings: Settings) -> dict[str, str]:
    """A SHA-256 for each input: its file's, or that of its parts' in their order.

    An input that a mapping fills has that of all exports of its source.
    """
    parts = defaultdict(list)
    for file in sorted(files):
        parts[file.table].append(file.sha256)
    for source, begins in (
        ("logo", "crm.invoices"), (settings.get("crm_source"), "crm."), (settings.get("hr_source"), "hr."),
    ):  # fmt: skip
        exports = [file.sha256 for file in sorted(files) if file.table.startswith(f"{source}.")]
        for table in input_tables():
            if exports and table.startswith(begins) and table not in parts:
                parts[table] = exports
    return {
        table: hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()
        for table, hashes in parts.items()
    }


def input_tables() -> dict[str, dict[str, str]]:
    """The contract of the inputs, table -> column -> type, from the macro that holds it."""
    return returned_by("input_tables")


def returned_by(macro: str, *arguments: str, **names):
    """What a macro of macros/inputs returns for some texts; names: what it calls, but for `return`."""
    source = (ROOT / "macros" / "inputs" / f"{macro}.sql").read_text(encoding="utf-8")
    returned = []
    environment = jinja2.Environment(extensions=["jinja2.ext.do"])
    environment.globals.update(names)
    template = environment.from_string(source + f"{{% do {Path(macro).name}({', '.join(map(repr, arguments))}) %}}")
    template.render({"return": returned.append})
    return returned[0]


def paths_of(table: str, settings: Settings, may_be_missing: bool = False) -> list[Path]:
    """The files of an input: its seed, FOLDER/crm/leads.csv, or all parts in the folder FOLDER/crm/leads.

    Raises InputError where there is none and that is sure to be wrong; what else may be wrong with parts is
    the project's to find.
    """
    if not settings.get("input_dir"):
        system, name = table.split(".")
        return [ROOT / "seeds" / system / f"raw_{system}__{name}.csv"]
    ending = settings.get("input_format", "csv")
    file = Path(settings.get("input_dir"), *table.split(".")).with_suffix(f".{ending}")
    if file.is_file():
        return [file]
    parts = sorted(part for part in file.with_suffix("").glob(f"*.{ending}") if part.name[0] not in "._")
    if not parts and not may_be_missing:
        raise InputError(
            str(file), "there is no such file; if it does not exist, say so with the setting absent_inputs",
            table=table,
        )  # fmt: skip
    return parts


def checked(table: str, path: Path, format_: str, columns: list[str]) -> InputFile:
    """A file, read to its end. Raises InputError, that names the table, where it cannot be read."""
    try:
        if format_ == "parquet":
            rows = parquet_row_count(path, columns)
            with path.open("rb") as file:
                return InputFile(table, path, rows, hashlib.file_digest(file, "sha256").hexdigest())
        with CsvFile(path) as csv_file:
            header = csv_file.header()
            missing = [column for column in columns if column not in header]
            if missing and len(header) == 1 and (other := re.search(r"[;\t|]", header[0])):
                raise csv_file.error(f"the header has {other[0]!r} between the columns; commas are needed", 1)
            if missing:
                raise csv_file.error(f"there is no column {missing[0]}", 1)
            return InputFile(table, path, csv_file.count_rows(), csv_file.sha256)
    except InputError as error:
        error.table = table
        raise
    except OSError as error:
        raise InputError(str(path), error.strerror, table=table) from None


def parquet_row_count(path: Path, columns: list[str]) -> int:
    """The rows of a Parquet file, from its own end.

    Raises InputError: no Parquet file, or one that was cut off; a column that is not there.
    """
    with duckdb.connect() as connection:
        try:
            ((count,),) = connection.execute(
                "select num_rows from parquet_file_metadata(?)", [str(path)]
            ).fetchall()
            names = connection.execute("select name from parquet_schema(?)", [str(path)]).fetchall()
        except duckdb.Error:
            raise InputError(str(path), "the file is no Parquet file, or not a whole one") from None
    for column in columns:
        if (column,) not in names:
            raise InputError(str(path), f"there is no column {column}")
    return count
