"""The project that the commands work on: where it is, its settings, its targets."""

import argparse
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Settings:
    """The settings of a run, those of dbt_project.yml under those of the command line, and the target."""

    values: dict[str, Any] = field(default_factory=dict)
    target: str = "duckdb"

    @classmethod
    def of(cls, options: argparse.Namespace) -> "Settings":
        """Those that the user gave, on the command line and in a file. Raises SystemExit where they are no YAML
        mapping.
        """
        project = yaml.safe_load((ROOT / "dbt_project.yml").read_text(encoding="utf-8"))
        in_file = {}
        if options.settings:
            try:
                in_file = mapping(Path(options.settings).read_text(encoding="utf-8"), options.settings)
            except OSError as error:
                raise SystemExit(f"{options.settings}: {error.strerror}") from None
        given = mapping(options.vars, "--vars")
        return cls({**(project.get("vars") or {}), **in_file, **given}, options.target or "duckdb")

    def get(self, name: str, default: Any = None) -> Any:
        """The value given for a setting, else the default."""
        return self.values.get(name, default)

    @property
    def sources(self) -> list[str]:
        """The systems whose own exports are the inputs."""
        named = [self.get(name) for name in ("crm_source", "hr_source") if self.get(name)]
        return [*named, "logo"] if self.get("invoices_from") == "logo" else named

    @property
    def inputs_are_files(self) -> bool:
        """Whether the inputs are files, the seeds' among them, and not tables of a warehouse."""
        return not any(self.get(name) for name in ("input_schema", "crm_schema", "hr_schema"))

    @property
    def dbt_options(self) -> list[str]:
        """The options that every dbt command of this project takes.

        The settings of dbt_project.yml are given on the command line, too: there the project can
        see their names and refuse one that does not exist.
        """
        return ["--vars", yaml.safe_dump(self.values), "--target", self.target]


def mapping(text: str, name: str) -> dict[str, Any]:
    """Settings as YAML. Raises SystemExit, that says where they stand, where they are no mapping."""
    try:
        settings = yaml.safe_load(text) or {}
    # a day that does not exist is a ValueError
    except (yaml.YAMLError, ValueError) as error:
        raise SystemExit(f"{name} is no YAML: {' '.join(str(error).split())}") from None
    if not isinstance(settings, dict):
        raise SystemExit(f"{name} is no YAML mapping such as '{{as_of_date: 2026-11-15}}': {text}")
    return settings


def target_folder() -> Path:
    """The folder of what dbt makes: its manifest, and the lock of the build."""
    return Path(os.environ.get("DBT_TARGET_PATH", ROOT / "target"))


def warehouse_path() -> Path:
    """The DuckDB file that the build works in."""
    return Path(os.environ.get("SALES_KPIS_DUCKDB_PATH", ROOT / "target" / "sales_kpis.duckdb"))


def published_folder() -> Path:
    """The folder that readers look into."""
    return Path(os.environ.get("SALES_KPIS_PUBLISHED", ROOT / "published"))
