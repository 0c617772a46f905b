"""What is published: which tables of a build, and the table that says which build it is."""

import hashlib
import json
import subprocess
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timezone
from importlib.metadata import version as installed_version
from typing import NamedTuple

from .project import ROOT


class Table(NamedTuple):
    """A table of the build and the name that readers know it by."""

    name: str
    schema: str
    source: str


@dataclass(frozen=True)
class Version:
    """A published build: when it was published (UTC), as of which day, and the raw rows of each input."""

    run_id: str
    published_at: datetime
    as_of_date: str
    raw_rows: dict[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls, query: Callable[[str], list[tuple]], schema: str) -> "Version":
        """The version that a published schema holds."""
        ((run_id, published_at, as_of_date),) = query(
            f"select run_id, published_at, cast(as_of_date as varchar(10)) from {schema}.published_run"
        )
        raw_rows = dict(query(f"select source_table, raw_rows from {schema}.published_inputs"))
        return cls(run_id, published_at, as_of_date, raw_rows)

    def __str__(self) -> str:
        return f"the version of {self.published_at:%Y-%m-%d %H:%M} UTC, as of {self.as_of_date} ({self.run_id})"


@dataclass(frozen=True)
class Publication:
    """A build that has passed its audit, ready to be published.

    tables: what is copied. own_tables: name -> (columns with their types, rows), made here.
    """

    version: Version
    tables: list[Table]
    own_tables: dict[str, tuple[list[str], list[tuple]]]

    @property
    def has_page(self) -> bool:
        """Whether the tables of the page are among them."""
        return any(table.name == "rpt_kpi_cards" for table in self.tables)

    @property
    def table_names(self) -> list[str]:
        """All tables that readers find."""
        return [*(table.name for table in self.tables), *self.own_tables]


def tables_of(manifest: dict) -> list[Table]:
    """The tables that are published, from dbt's manifest.

    Every model of the marts under its own name, but: what `models/publication` has a model for is
    taken from there (`published__kpi_scorecard` for `kpi_scorecard`), and a mart with a column that
    holds personal data is left out, unless its own `meta: {published: true}` says that it was asked
    for.
    """
    models = [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]
    publications = {
        node["name"].removeprefix("published__"): node
        for node in models
        if node["schema"] == "publication"
    }
    tables = []
    for node in models:
        is_private = any(column["meta"].get("contains_pii") for column in node["columns"].values())
        if node["schema"] != "marts" or is_private and not node["meta"].get("published"):
            continue
        source = publications.get(node["name"], node)
        tables.append(Table(node["name"], source["schema"], source["alias"]))
    return sorted(tables)


def publication_of(
    manifest: dict, query: Callable[[str], list[tuple]], hashes: dict[str, str]
) -> Publication:
    """The publication of a build that has just ended well.

    query: runs SQL on the warehouse. hashes: SHA-256 of each input's files, where they are files.
    """
    published_at = datetime.now(timezone.utc).replace(tzinfo=None, microsecond=0)
    run_id = f"{published_at:%Y%m%dT%H%M%SZ}-{uuid.uuid4().hex[:8]}"
    settings = dict(query("select setting, setting_value from marts.settings_in_use"))
    counts = query(
        "select source_table, raw_rows, staged_rows, rejected_rows from marts.input_row_counts"
        " order by source_table"
    )
    return Publication(
        Version(run_id, published_at, settings["as_of_date"], {row[0]: row[1] for row in counts}),
        tables_of(manifest),
        {
            "published_run": (
                [
                    "run_id varchar(40)",
                    "published_at timestamp",
                    "as_of_date date",
                    "settings varchar",
                    "project_version varchar(64)",
                    "dbt_version varchar(20)",
                    "adapter varchar(40)",
                ],
                [
                    (
                        run_id,
                        published_at,
                        settings["as_of_date"],
                        json.dumps(settings, ensure_ascii=False),
                        project_version(),
                        installed_version("dbt-core"),
                        manifest["metadata"]["adapter_type"],
                    )
                ],
            ),
            "published_inputs": (
                [
                    "source_table varchar(40)",
                    "raw_rows bigint",
                    "staged_rows bigint",
                    "rejected_rows bigint",
                    "sha256 varchar(64)",
                ],
                [(*row, hashes.get(row[0])) for row in counts],
            ),
        },
    )


def project_version() -> str:
    """The commit of the project, with `-changed` where files differ from it; else a hash of its SQL."""
    described = subprocess.run(
        ["git", "describe", "--always", "--dirty=-changed", "--abbrev=12"],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    if described.returncode == 0:
        return described.stdout.strip()
    hashed = hashlib.sha256()
    for path in sorted([*(ROOT / "models").rglob("*.sql"), *(ROOT / "macros").rglob("*.sql")]):
        hashed.update(path.read_bytes())
    return hashed.hexdigest()[:12]
