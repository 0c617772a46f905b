"""Look at native exports: what is there, what is missing and what that costs; write the settings."""

import argparse
import csv
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import yaml

from .native_exports import SOURCES, Export, exports_in_folder, exports_in_schemas
from .preflight import input_tables, is_read, returned_by, squeezed
from .project import ROOT, Settings

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
    "referring_account_id": ("referredby", "referrer", "referring"),
    "status": ("outcome", "meetingstatus"),
}
#: columns of labels where another stands in for a blank
MAY_BE_BLANK = {
    "Task.Type", "Task.TaskSubtype", "Event.Type", "LeadHistory.NewValue",
    "meetings.hs_activity_type", "deal_property_history.value",
}  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", type=Path, nargs="?",
        help="a folder with the exports in salesforce/, hubspot/, workday/ or bamboohr/; without it, the schemas"
        " that the settings crm_source with crm_schema, hr_source with hr_schema name",
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Print what was found and write a file of settings; 1 where there is nothing to see."""
    settings = Settings.of(options)
    folder = options.folder
    with ExitStack() as open_until:
        exports = exports_in_folder(folder, settings) if folder else exports_in_schemas(settings, open_until)
        if not exports and folder:
            print(f"{folder} has no exports that are known: put them into {folder}/salesforce, {folder}/hubspot,"
                  f" {folder}/workday or {folder}/bamboohr, one file for each object, such as {folder}/salesforce/Lead.csv")
        elif not exports:
            print("No tables that are known: say where they are, such as"
                  " --vars '{crm_source: salesforce, crm_schema: salesforce}' --target postgres, or name a folder")
        if not exports:
            return 1
        return propose(exports, folder, settings)


def propose(exports: list[Export], folder: Path | None, settings: Settings) -> int:
    """Say what the exports hold and lack, and write the settings that follow."""
    # what the user has chosen before stays chosen
    proposed = {name: value for name, value in settings.values.items() if name not in ("fields", "absent_inputs")}
    if folder:
        proposed["input_dir"] = str(folder)
    fields = dict(settings.get("fields", {}))
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
                hints.update(hints_of(export, object_, contract))
                # another kind of lead is the user's to choose, and what is only looked up chooses nothing
                is_free = not any(rung in proposed or rung == "lead_is" for rung in chosen)
                if not chosen or contract["feeds"] and is_free:
                    proposed.update(chosen)
                    filled.update(contract["feeds"])
            elif contract["feeds"] and is_read(contract, settings):
                missing_objects.append((export.source, object_, contract["feeds"]))
                print(f"  {object_}: missing")
        likely = {field: columns[0] for field, columns in hints.items() if len(columns) == 1}
        fields = {**likely, **fields}
        say_labels(export, fields)
        if "LeadHistory" in export.contract and not {"LeadHistory"} & export.relations.keys():
            if "leads.disqualified_at" not in fields:
                print("  disqualified leads: no day of it, without LeadHistory or a field leads.disqualified_at;"
                      " they are rejected")
    absent = absent_inputs(folder, exports, missing_objects, filled)
    say_costs(absent, filled, exports)
    proposed["absent_inputs"] = absent
    path = settings_file(folder)
    write_settings(path, proposed, fields, {field: columns for field, columns in hints.items() if field not in fields})
    print(f"\nWritten: {path}. Complete it and the map, then: make build SETTINGS={path}")
    return 0


def settings_file(folder: Path | None) -> Path:
    """Where the settings are written: not over those that somebody may have completed."""
    place = folder or Path()
    path = place / "settings.yml"
    number = 2
    while path.exists():
        path = place / f"settings_{number}.yml"
        number += 1
    return path


def hints_of(export: Export, object_: str, contract: dict) -> dict[str, list[str]]:
    """Print what an object lacks; the fields that no column is known for, each with columns that may be it."""
    for name, mark in contract["columns"].items():
        type_, *other_names = mark.split("|")
        if not export.column(object_, name, tuple(other_names)):
            if "!" in type_ or "*" in type_:
                print(f"    column {name} is missing; without it the build stops")
    known = {squeezed(name) for name, mark in contract["columns"].items() for name in (name, *mark.split("|")[1:])}
    hints = {}
    for field, default in contract.get("fields", {}).items():
        if default and export.column(object_, default):
            continue
        wanted = field.partition(".")[2]
        hints[field] = [
            column
            for column in export.columns[object_]
            if any(hint in export.spelled(column) for hint in HINTS.get(wanted, (squeezed(wanted),)))
            and export.spelled(column) not in known
        ]
    return hints


def say_labels(export: Export, fields: dict[str, str]) -> None:
    """Print labels that neither the source's map nor the contract knows, and add them to the map, where their
    word is to be filled in; print how many rows are blank where a word is needed."""
    path = ROOT / "seeds" / "mappings" / f"{export.source}.csv"
    with path.open(newline="", encoding="utf-8") as file:
        known = {(row["column_name"], cleaned(row["native_value"])) for row in csv.DictReader(file)}
    labels: Counter[tuple[str, str]] = Counter()
    spelled: dict[tuple[str, str], str] = {}
    for object_, contract in export.contract.items():
        for native, code in labelled_columns(contract, fields):
            column = object_ in export.relations and export.column(
                object_, native, export.other_names(object_, native)
            )
            words = returned_by("known_codes", code)
            for label, rows in export.labels(object_, column) if column else []:
                key = code, cleaned(label)
                is_needed = is_required(code) and f"{object_}.{native}" not in MAY_BE_BLANK
                if not label and key not in known and is_needed:
                    print(f"  {object_}.{column}: {rows:,} rows are blank; they are rejected unless the map has"
                          f" a line `{code},,word`")
                elif label and key not in known and key[1] not in words:
                    spelled.setdefault(key, label)
                    labels[key] += rows
    if not labels:
        return
    print(f"  labels without a word, added to seeds/mappings/{export.source}.csv: fill in the code, or remove the line"
          " and its rows are rejected by name")
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        for (code, label), rows in sorted(labels.items(), key=lambda item: (item[0][0], -item[1])):
            print(f"    {code}: {spelled[code, label]!r}, {rows:,} rows")
            writer.writerow([code, spelled[code, label], ""])


def labelled_columns(contract: dict, fields: dict[str, str]) -> list[tuple[str, str]]:
    """The native columns of an object whose labels stand for codes, each with the code."""
    columns = list(contract.get("labels", {}).items())
    for field, default in contract.get("fields", {}).items():
        table, _, name = field.partition(".")
        types = next((types for key, types in input_tables().items() if key.endswith(f".{table}")), {})
        type_, _, code = types.get(name, "").replace("*", "").replace("!", "").partition(":")
        native = fields.get(field, default)
        if type_ == "code" and native:
            columns.append((native, code or name))
    return columns


def is_required(code: str) -> bool:
    """Whether a row is rejected without a word of this code."""
    return any(
        (type_.partition(":")[2] or name) == code and type_.startswith(("code*", "code!"))
        for types in input_tables().values()
        for name, type_ in types.items()
    )


def cleaned(label: str) -> str:
    """A label in the form in which labels are compared."""
    return "_".join(label.replace("\u0130", "i").replace("I", "i").lower().replace("-", " ").split())


def absent_inputs(folder: Path | None, exports: list[Export], missing: list, filled: set[str]) -> list[str]:
    """The inputs that are nowhere in the folder, and the objects whose input others fill."""
    systems = {SOURCES[export.source] for export in exports}
    absent = []
    for table in input_tables():
        system, name = table.split(".")
        is_own = folder is not None and any((folder / system).glob(f"{name}*"))
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
    costs = []
    for entry in returned_by("../marts/kpi_catalogue"):
        for figures, inputs in entry["rests_on"].items():
            lost = [needed for needed in inputs if set(needed.split(" or ")) <= lacking]
            if lost:
                what = "all of it" if figures == "*" else figures.replace(" ", ", ")
                costs.append(f"  {entry['name_en']}: {what} ({', '.join(lost)} missing)")
    print("\nNot measured as it stands:" if costs else "\nAll nine KPIs can be measured.", *costs, sep="\n")


def write_settings(path: Path, settings: dict, fields: dict[str, str], hints: dict[str, list[str]]) -> None:
    """The settings file: what was found, and the fields to complete as comments.

    fields: input's column -> native column; hints: of the others, those that may be it.
    """
    lines = [yaml.safe_dump(settings, sort_keys=False, allow_unicode=True).rstrip()]
    if "crm_source" in settings:
        rungs = returned_by("native/rung_choices", settings["crm_source"])
        lines += [f"# {rung}: {' | '.join(choices)}" for rung, choices in rungs.items() if rung not in settings]
        if "source_currency" not in settings:
            lines.append("# source_currency: the currency of an export that has no column for it, such as TRY")
    if fields:
        lines.append("# those that were found by their names are to be checked")
        lines.append(yaml.safe_dump({"fields": fields}, sort_keys=False, allow_unicode=True).rstrip())
    else:
        lines.append("# fields:")
    lines += [f"#   {field}: {' | '.join(columns) or '?'}" for field, columns in hints.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
