"""Write every expected table of an input folder as CSV.

python -m tests.python.reference INPUT OUTPUT [--prefix expected_] --set as_of_date=2025-11-17
"""
import argparse
import csv
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path

if __package__:
    from . import InputError, Settings, SettingsError, compute, read_folder
    from .shared_rules import to_millionths
else:
    # Run by the folder's path, Python knows no package around this file.
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from reference import InputError, Settings, SettingsError, compute, read_folder
    from reference.shared_rules import to_millionths

KPI_KEY = ("period_grain", "period_start", "dimension", "dimension_value")


def as_text(value) -> str:
    """A value as it stands in the files: null empty, true/false, dates ISO, counts whole, other numbers
    rounded half up to 6 decimals.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        millionths = int(abs(to_millionths(value)) * 1_000_000)
        sign = "-" if value < 0 and millionths else ""
        return f"{sign}{millionths // 1_000_000}.{millionths % 1_000_000:06d}"
    return str(value)


def write_csv(path: Path, rows: list[dict], columns: list[str], key: tuple[str, ...]) -> None:
    """The columns of the rows, sorted by key."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in sorted(rows, key=lambda row: tuple(row[name] for name in key)):
            writer.writerow(as_text(row[name]) for name in columns)


def main(arguments: list[str] | None = None) -> int:
    """The command line; 0 when all files are written, 2 for an input or a setting that is refused."""
    parser = argparse.ArgumentParser(prog="reference", description=__doc__.splitlines()[0])
    parser.add_argument("input_folder", type=Path)
    parser.add_argument("output_folder", type=Path)
    parser.add_argument("--prefix", default="", help="what every file name starts with")
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", dest="settings",
        help="a setting of the specification; lists are separated by commas",
    )
    parser.add_argument(
        "--company-scorecard", action="store_true",
        help="only the company's rows of the scorecard; the values of dimensions make a large file",
    )
    options = parser.parse_args(arguments)
    texts = dict(item.partition("=")[::2] for item in options.settings)
    try:
        settings = Settings.from_texts(texts)
        result = compute(read_folder(options.input_folder), settings)
    except (InputError, SettingsError) as error:
        print(f"reference: {error}", file=sys.stderr)
        return 2

    options.output_folder.mkdir(parents=True, exist_ok=True)

    def write(name, rows, columns, key):
        write_csv(options.output_folder / f"{options.prefix}{name}.csv", rows, columns, key)

    for name, rows in result.kpis.items():
        # The company has a row for every period, and there is always a period.
        write(name, rows, list(rows[0]), KPI_KEY)
    scorecard = [
        row for row in result.scorecard
        if row["dimension"] == "company" or not options.company_scorecard
    ]
    write("kpi_scorecard", scorecard, list(scorecard[0]), ("kpi", *KPI_KEY))
    rejected_columns = ["source_table", "row_key", "reasons"]
    write("rejected_rows", result.rejected, rejected_columns, tuple(rejected_columns))
    return 0


if __name__ == "__main__":
    sys.exit(main())
