"""Compare a warehouse with the reference implementation, row for row."""

from fractions import Fraction

from tests.python.reference import Settings, compute, read_folder

KEY = (
    "kpi", "period_grain", "period_start", "dimension", "dimension_value",
    "stage_number", "bucket_number", "step_number",
    "cohort_start", "quarters_since", "days_since_start",
)  # fmt: skip


def reference_settings(settings: dict) -> Settings:
    """The reference's settings from dbt's vars: dates as text, lists as lists; inputs are no settings of it."""
    return Settings.from_texts(
        {
            name: ",".join(value) if isinstance(value, list) else str(value)
            for name, value in settings.items()
            if not name.startswith("input_")
        }
    )


def differences(run, input_folder, settings: dict) -> list[str]:
    """Everything in which the built marts and the reference differ, a line each; empty when they agree.

    Numbers agree within one part in a million, at least one millionth: the reference is exact, the marts
    round amounts in other currencies to six decimals per contract and invoice.
    """
    return differences_of_company(run, read_folder(input_folder), settings)


def differences_of_company(run, tables: dict[str, list], settings: dict) -> list[str]:
    """The same for a company that is given as raw rows: 'crm.leads' -> dictionaries of texts."""
    return differences_from(run, compute(tables, reference_settings(settings)))


def differences_from(run, expected) -> list[str]:
    """The same for a company that the reference has computed."""
    found = []
    tables = {**expected.kpis, "kpi_scorecard": expected.scorecard, **expected.reports}
    for model, rows in tables.items():
        described = [row[0] for row in run.query(f"describe marts.{model}")]
        # a report of cohorts has no row where nobody began
        columns = list(rows[0]) if rows else described
        found += _table_differences(model, columns, rows, run.query(f"from marts.{model}"))
        if described != columns:
            found.append(f"{model}: columns {described} instead of {columns}")
    rejected = sorted(
        (row["source_table"], row["row_key"], row["reasons"]) for row in expected.rejected
    )
    built = sorted(run.query("select source_table, row_key, reasons from marts.rejected_rows"))
    if rejected != built:
        found.append(f"rejected_rows: {set(rejected) ^ set(built)}")
    for table, raw, staged, refused in run.query("from marts.input_row_counts"):
        if staged != len(expected.staged[table]) or raw != staged + refused:
            found.append(f"{table}: {raw} raw, {staged} staged, {refused} rejected")
    return found


def _table_differences(
    model: str, columns: list[str], expected: list[dict], built: list[tuple]
) -> list[str]:
    key = [name for name in KEY if name in columns]
    built_rows = {tuple(row[columns.index(name)] for name in key): row for row in built}
    expected_rows = {tuple(row[name] for name in key): row for row in expected}
    found = (
        [f"{model}: {len(built) - len(built_rows)} keys twice"]
        if len(built) > len(built_rows)
        else []
    )
    found += [f"{model}: {row} is missing" for row in expected_rows.keys() - built_rows.keys()]
    found += [f"{model}: {row} is not expected" for row in built_rows.keys() - expected_rows.keys()]
    for row in expected_rows.keys() & built_rows.keys():
        for column, actual in zip(columns, built_rows[row]):
            if not _equal(expected_rows[row][column], actual):
                found.append(
                    f"{model}: {row} {column}: {expected_rows[row][column]} expected, {actual} built"
                )
    return found


def _equal(expected, actual) -> bool:
    if (
        expected is None
        or actual is None
        or not isinstance(expected, (int, Fraction))
        or isinstance(expected, bool)
    ):
        return expected == actual
    return abs(expected - Fraction(actual)) <= Fraction(1, 1_000_000) * max(1, abs(expected))
