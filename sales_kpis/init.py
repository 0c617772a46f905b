"""Look at a folder of native exports: what is there, what is missing and what that costs; write the settings."""

import argparse
import csv
from collections import Counter
from pathlib import Path

import duckdb
import yaml

from .preflight import input_tables, is_read, native_objects, returned_by, squeezed
from .project import ROOT, Settings

SOURCES = {"salesforce": "crm", "hubspot": "crm", "workday": "hr", "bamboohr": "hr"}
#: what a company's own column for a field is likely to be called
HINTS = {
    "segment": ("segment", "tier"),
    "region": ("region", "territory"),
    "disqualified_at": ("disqualified", "unqualified"),
    "lead_id": ("lead",),
    "total_value": ("totalvalue", "contractvalue", "tcv"),
    "one_time_fees": ("onetime", "setupfee"),
    "contract_type": ("contracttype",),
    "renewed_from_contract_id": ("renewedfrom", "renewalof"),
    "cancelled_on": ("cancelledon", "cancelleddate", "canceledon", "terminated"),
    "referring_account_id": ("referredby", "referrer"),
    "status": ("outcome", "meetingstatus"),
}


class Export:
    """A source's exports in FOLDER/<source>: its objects, their columns and their labels."""

    def __init__(self, folder: Path, source: str, settings: Settings):
        self.source, self.settings, self.contract = source, settings, native_objects(source, settings)
        self.connection = duckdb.connect()
        #: object -> how SQL reads it
        self.relations = {}
        names = {
            squeezed(name): object_
            for object_, contract in self.contract.items()
            for name in (object_, *contract.get("other_names", []))
        }
        for entry in sorted((folder / source).iterdir()):
            object_ = names.get(squeezed(entry.name.split(".")[0]))
            files = sorted(map(str, entry.iterdir())) if entry.is_dir() else [str(entry)]
            if object_ and files and files[0].endswith(".csv"):
                self.relations[object_] = f"read_csv({files}, all_varchar = true, header = true, delim = ',', quote = '\"')"
            elif object_ and files and files[0].endswith(".parquet"):
                self.relations[object_] = f"read_parquet({files})"

    def columns(self, object_: str) -> list[str]:
        """The columns of an object that is there. Raises duckdb.Error where its file cannot be read."""
        return [row[0] for row in self.connection.execute(f"describe from {self.relations[object_]}").fetchall()]

    def column(self, object_: str, wanted: str, other_names: tuple[str, ...] = ()) -> str | None:
        """The column that holds a native one, in any spelling."""
        for name in (wanted, *other_names):
            spellings = {squeezed(name), "property" + squeezed(name), "properties" + squeezed(name)}
            for column in self.columns(object_):
                if squeezed(column) in spellings:
                    return column
        return None

    def rows(self, object_: str) -> int:
        return self.connection.execute(f"select count(*) from {self.relations[object_]}").fetchone()[0]

    def labels(self, object_: str, column: str) -> list[tuple[str, int]]:
        """The labels in a column, each with the rows that have it, the most frequent first."""
        return self.connection.execute(
            f'select trim("{column}"), count(*) from {self.relations[object_]}'
            f' where trim("{column}") <> \'\' group by all order by 2 desc, 1'
        ).fetchall()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="a folder with the exports in salesforce/, hubspot/, workday/ or bamboohr/")


def run(options: argparse.Namespace) -> int:
    """Print what was found and write FOLDER/settings.yml; 1 where there is nothing to see."""
    settings = Settings.of(options)
    folder = options.folder
    exports = [
        Export(folder, source, settings) for source in SOURCES if (folder / source).is_dir()
    ]
    exports = [export for export in exports if export.relations]
    if not exports:
        print(f"{folder} has no exports that are known: put them into {folder}/salesforce, {folder}/hubspot,"
              f" {folder}/workday or {folder}/bamboohr, one file for each object, such as {folder}/salesforce/Lead.csv")
        return 1
    proposed = {"input_dir": str(folder)}
    hints = {}
    missing_objects = []
    filled = set()
    for export in exports:
        proposed[f"{SOURCES[export.source]}_source"] = export.source
        print(f"\n{export.source}: {len(export.relations)} objects")
        for object_, contract in export.contract.items():
            if object_ in export.relations:
                chosen = {} if is_read(contract, settings) else {
                    rung: values[-1] for rung, values in contract["rungs"].items()
                }  # fmt: skip
                said = "".join(f", read with {rung}: {value}" for rung, value in chosen.items())
                print(f"  {object_}: {export.rows(object_):,} rows{said}")
                hints.update(say_columns(export, object_, contract))
                # another kind of lead is the user's to choose
                if not chosen or "lead_is" not in chosen and not any(rung in proposed for rung in chosen):
                    proposed.update(chosen)
                    filled.update(contract["feeds"])
            elif contract["feeds"] and is_read(contract, settings):
                missing_objects.append((export.source, object_, contract["feeds"]))
                print(f"  {object_}: missing")
        new = new_labels(export)
        if new:
            say_labels(export, new)
    absent = absent_inputs(folder, exports, missing_objects, filled)
    say_costs(absent, filled, exports)
    proposed["absent_inputs"] = absent
    write_settings(folder / "settings.yml", proposed, hints)
    print(f"\nWritten: {folder}/settings.yml. Complete it and the map, then: make build SETTINGS={folder}/settings.yml")
    return 0


def say_columns(export: Export, object_: str, contract: dict) -> dict[str, list[str]]:
    """Print what an object lacks; the fields that no column is known for, each with columns that may be it."""
    for name, mark in contract["columns"].items():
        type_, *other_names = mark.split("|")
        if not export.column(object_, name, tuple(other_names)):
            if "!" in type_ or "*" in type_:
                print(f"    column {name} is missing; without it the build stops")
    hints = {}
    for field, default in contract.get("fields", {}).items():
        if default and export.column(object_, default):
            continue
        wanted = field.partition(".")[2]
        hints[field] = [
            column
            for column in export.columns(object_)
            if any(hint in squeezed(column) for hint in HINTS.get(wanted, (squeezed(wanted),)))
            and squeezed(column) not in map(squeezed, contract["columns"])
        ]
    return hints


def new_labels(export: Export) -> dict[tuple[str, str], int]:
    """The labels that neither the source's map nor the contract knows: (code, label) -> rows."""
    path = ROOT / "seeds" / "mappings" / f"{export.source}.csv"
    with path.open(newline="", encoding="utf-8") as file:
        known = {(row["column_name"], cleaned(row["native_value"])) for row in csv.DictReader(file)}
    found = Counter()
    for object_, contract in export.contract.items():
        for native, code in labelled_columns(contract, export.settings):
            column = object_ in export.relations and export.column(object_, native)
            for label, rows in export.labels(object_, column) if column else []:
                words = returned_by("known_codes", code)
                if (code, cleaned(label)) not in known and cleaned(label) not in words:
                    found[code, label] += rows
    return found


def labelled_columns(contract: dict, settings: Settings) -> list[tuple[str, str]]:
    """The native columns of an object whose labels stand for codes, each with the code."""
    columns = list(contract.get("labels", {}).items())
    for field, default in contract.get("fields", {}).items():
        table, _, name = field.partition(".")
        types = next((types for key, types in input_tables().items() if key.endswith(f".{table}")), {})
        type_, _, code = types.get(name, "").replace("*", "").replace("!", "").partition(":")
        native = settings.get("fields", {}).get(field, default)
        if type_ == "code" and native:
            columns.append((native, code or name))
    return columns


def cleaned(label: str) -> str:
    """A label in the form in which labels are compared."""
    return "_".join(label.replace("\u0130", "i").replace("I", "i").lower().replace("-", " ").split())


def say_labels(export: Export, labels: dict[tuple[str, str], int]) -> None:
    """Print labels without a word, and add them to the map, where their word is to be filled in."""
    path = ROOT / "seeds" / "mappings" / f"{export.source}.csv"
    print(f"  labels without a word, added to seeds/mappings/{export.source}.csv: fill in the code, or remove the line"
          " and its rows are rejected by name")
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        for (code, label), rows in sorted(labels.items(), key=lambda item: (item[0][0], -item[1])):
            print(f"    {code}: {label!r}, {rows:,} rows")
            writer.writerow([code, label, ""])


def absent_inputs(folder: Path, exports: list[Export], missing: list, filled: set[str]) -> list[str]:
    """The inputs that are nowhere in the folder, and the objects whose input others fill."""
    systems = {SOURCES[export.source] for export in exports}
    absent = []
    for table in input_tables():
        system, name = table.split(".")
        is_own = any((folder / system).glob(f"{name}*"))
        is_of_export = system in systems and table not in ("crm.contracts", "crm.invoices", "crm.referrals")
        if system in systems and not is_of_export and not is_own:
            continue
        if not is_own and table not in filled:
            absent.append(table)
    for source, object_, feeds in missing:
        if any(table in filled for table in feeds):
            absent.append(f"{source}.{object_}")
    return absent


def say_costs(absent: list[str], filled: set[str], exports: list[Export]) -> None:
    """Print which KPIs are not measured without what is missing."""
    lacking = set(absent)
    if any(SOURCES[export.source] == "crm" for export in exports):
        for table in sorted({"crm.contracts", "crm.invoices", "crm.referrals"} - filled):
            lacking.add(table)
            print(f"\n{table}: nothing found; {table[4:]}_from says where it is, and without a word it is absent")
    print("\nNot measured as it stands:")
    for entry in returned_by("../marts/kpi_catalogue"):
        for figures, inputs in entry["rests_on"].items():
            lost = [needed for needed in inputs if set(needed.split(" or ")) <= lacking]
            if lost:
                what = "all of it" if figures == "*" else figures.replace(" ", ", ")
                print(f"  {entry['name_en']}: {what} ({', '.join(lost)} missing)")


def write_settings(path: Path, settings: dict, hints: dict[str, list[str]]) -> None:
    """The settings file: what was found, and the fields to complete as comments."""
    lines = [yaml.safe_dump(settings, sort_keys=False, allow_unicode=True).rstrip()]
    if "crm_source" in settings:
        rungs = returned_by("native/rung_choices", settings["crm_source"])
        lines += [f"# {rung}: {' | '.join(choices)}" for rung, choices in rungs.items() if rung not in settings]
        lines.append("# source_currency: the currency of an export that has no column for it, such as TRY")
    likely = {field: columns[0] for field, columns in hints.items() if len(columns) == 1}
    if likely:
        lines.append("# found by their names: check them")
        lines.append(yaml.safe_dump({"fields": likely}, sort_keys=False, allow_unicode=True).rstrip())
    else:
        lines.append("# fields:")
    for field, columns in hints.items():
        if field not in likely:
            lines.append(f"#   {field}: {' | '.join(columns) or '?'}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
