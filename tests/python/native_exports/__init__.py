"""The tables of the contract told again as the exports of other systems, for the tests of their mappings."""

import csv
import re
from collections.abc import Callable
from pathlib import Path

Objects = dict[str, list[dict[str, str | None]]]


def write_objects(objects: Objects, folder: Path, spelled: Callable[[str], str] = str) -> None:
    """Each object as FOLDER/<object>.csv; spelled: a column's API name -> its name in the file."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in objects.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(map(spelled, rows[0]))
            writer.writerows(row.values() for row in rows)


def bare(text: str | None) -> str:
    """A text without the white space at its ends."""
    return (text or "").strip(" \t\n\r\u00a0")


def date_only(text: str | None) -> str | None:
    """A date; a midnight, which is none to the inputs' rules and a day to a loader, is spoilt."""
    return f"on {text}" if len(bare(text)) > 10 else text


def loaders_name(name: str) -> str:
    """OwnerId as owner_id, Lead__c as lead_c: what Fivetran and dlt make of a name."""
    return re.sub("(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().replace("__", "_")


def rows(*given: dict, **columns: str) -> list[dict]:
    """Rows of an object, each with all columns: those given, else the default."""
    names = dict.fromkeys([*columns, *(name for row in given for name in row)])
    return [{name: row.get(name, columns.get(name)) for name in names} for row in given]
