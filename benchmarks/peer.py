"""The peer of the benchmark: the nine KPIs as the script that a data engineer would write with Polars.

    POLARS_MAX_THREADS=2 python -m benchmarks.peer INPUTS OUTPUT_FOLDER --format csv
        --as-of-date 2026-11-15 --reporting-start-date 2022-01-01

The answers are those of docs/specification.md with its default settings, a Parquet file for each KPI.
Money is in double precision, which is enough for a comparison to a millionth. Texts with few values
(codes, labels, days) are cleaned once for each value; stamps have a fast path for the usual forms.
"""

import argparse
import re
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from .floor import CODES, columns_of

ISTANBUL = ZoneInfo("Europe/Istanbul")
NEVER = date(9999, 12, 31)
SPACE = " \t\n\r\u00a0"
STAMP = re.compile(
    r"(?P<day>(?:19\d\d|20\d\d|2100|9999)-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))"
    r"(?:[T ](?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:\.(?P<fraction>\d+))?)?"
    r"(?P<offset>Z|[+-](?:0\d|1[0-3])(?::?[0-5]\d)?|[+-]14(?::?00)?)?)?",
    re.ASCII,
)
USUAL_STAMP = (
    r"^20(1[7-9]|[2-9][0-9])-[01][0-9]-[0-3][0-9][T ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](Z|\+03:00)?$"
)
NUMBER = r"^[+-]?([0-9]{1,15}(\.[0-9]*)?|\.[0-9]+)$"
KEY_OF_PERIOD = ["period_grain", "period_start", "period_end", "is_complete"]


def instant(text: str) -> datetime | None:
    """A stamp in UTC, its day in the year 9999 if that means never; None where it is none."""
    match = STAMP.fullmatch(text)
    if not match:
        return None
    try:
        day = date.fromisoformat(match["day"])
    except ValueError:
        return None
    if day.year == 9999:
        return datetime(9999, 12, 31, tzinfo=timezone.utc)
    if match["hour"] is None:
        return datetime(day.year, day.month, day.day, tzinfo=ISTANBUL, fold=1).astimezone(timezone.utc)
    fraction = int(((match["fraction"] or "") + "000000")[:6])
    moment = datetime(
        day.year,
        day.month,
        day.day,
        int(match["hour"]),
        int(match["minute"]),
        int(match["second"] or 0),
        fraction,
    )
    offset = match["offset"] or "Z"
    if offset != "Z":
        digits = (offset[1:].replace(":", "") + "00")[:4]
        shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        moment = moment - shift if offset[0] == "+" else moment + shift
    return moment.replace(tzinfo=timezone.utc)


def day_of(text: str) -> date | None:
    """The business day of a stamp."""
    moment = instant(text)
    if moment is None or moment.year == 9999:
        return moment and NEVER
    return moment.astimezone(ISTANBUL).date()


def plain_day(text: str) -> date | None:
    return day_of(text) if len(text) == 10 else None


def code_of(text: str) -> str:
    return re.sub(f"[{SPACE}-]+", "_", text.replace("İ", "i").lower())


def each(values: pl.Series, function, dtype) -> pl.Series:
    """A function of a text, called once for each value."""
    known = values.drop_nulls().unique()
    answers = pl.Series([function(value) for value in known.to_list()], dtype=dtype)
    return values.replace_strict(known, answers, default=None, return_dtype=dtype)


def cleaned(frame: pl.DataFrame, name: str) -> pl.Series:
    text = frame.get_column(name).str.strip_chars(SPACE)
    return text.set(text == "", None)


def stamp_days(text: pl.Series) -> pl.Series:
    """The business days of stamps: Istanbul has been three hours ahead since 2017."""
    usual = text.str.contains(USUAL_STAMP).fill_null(False)
    frame = pl.DataFrame({"text": text.set(~usual, None)})
    days = each(frame["text"].str.slice(0, 10), plain_day, pl.Date)
    late = frame.select(
        (pl.col("text").str.slice(11, 2) >= "21") & (pl.col("text").str.len_bytes() < 25)
    ).to_series()
    days = pl.select(pl.when(late).then(days + timedelta(days=1)).otherwise(days)).to_series()
    others = text.set(usual, None)
    if others.null_count() < len(others):
        days = pl.select(pl.coalesce(days, each(others, day_of, pl.Date))).to_series()
    return days


class Tables:
    """Reads and cleans the inputs."""

    def __init__(self, folder: Path, format_: str):
        self.folder, self.format = folder, format_

    def scan(self, table: str) -> pl.LazyFrame:
        """A table's columns, all text."""
        path = self.folder / f"{table}.{self.format}"
        if self.format == "parquet":
            frame = pl.scan_parquet(path)
        else:
            frame = pl.scan_csv(path, infer_schema=False)
        names = {name: name.strip() for name in frame.collect_schema().names()}
        return frame.rename(names).select(list(columns_of(table)))

    def repeated(self, table: str) -> pl.Series:
        """The hashes of keys that may stand more than once."""
        keys = [
            name
            for name, (mark, kind) in columns_of(table).items()
            if mark == "!" and kind in ("text", "date")
        ]
        hashes = self.scan(table).select(key_hash(keys)).collect().to_series()
        return hashes.filter(hashes.is_duplicated()).unique()

    def valid(self, table: str, raw: pl.DataFrame, wanted: list[str], rule: pl.Expr, repeated: pl.Series):
        """The rows of a part of a table that pass the rules, with what decides between equal keys."""
        names = columns_of(table)
        suspect = raw.select(
            key_hash([n for n, (m, k) in names.items() if m == "!" and k in ("text", "date")])
        )
        suspect = suspect.to_series().is_in(repeated.implode())
        columns, good = {}, pl.repeat(True, raw.height, eager=True)
        for name, (mark, kind) in names.items():
            if not (mark or name in wanted or kind not in ("text", "label", "currency")):
                continue
            text = cleaned(raw, name)
            value = text
            if kind in CODES:
                words = set(CODES[kind].split())
                value = each(text, lambda text: code if (code := code_of(text)) in words else None, pl.String)
            elif kind == "label":
                value = each(text, code_of, pl.String)
            elif kind == "currency":
                value = each(text, str.upper, pl.String)
            elif kind == "date":
                value = each(text, plain_day, pl.Date)
            elif kind == "stamp":
                value = stamp_days(text)
            elif kind == "number":
                value = text.set(~text.str.contains(NUMBER).fill_null(False), None).cast(
                    pl.Float64, strict=False
                )
            if kind not in ("text", "label", "currency"):
                good &= value.is_not_null() | text.is_null()
            if kind in ("date", "stamp"):
                value = value.set((value == NEVER).fill_null(False), None)
            if mark:
                good &= value.is_not_null()
            columns[name] = value.alias(name)
        frame = pl.DataFrame(columns)
        joined = pl.concat_str(
            [pl.col(name).str.strip_chars(SPACE).fill_null("") for name in names], separator="|"
        )
        joined = raw.with_columns(suspect.alias("is_suspect")).select(
            pl.when("is_suspect").then(joined).alias("place_text")
        )
        frame = frame.with_columns(joined.to_series())
        if "updated_at" in names:
            updated = cleaned(raw, "updated_at").set(~suspect, None)
            moments = each(
                updated, lambda text: (m := instant(text)) and m.replace(tzinfo=None), pl.Datetime("us")
            )
            moments = moments.set((moments.dt.year() == 9999).fill_null(False), None)
            frame = frame.with_columns(moments.alias("updated_moment"))
        keys = [name for name, (mark, _) in names.items() if mark == "!"]
        kept = list(dict.fromkeys([*wanted, *keys])) + [
            c for c in frame.columns if c in ("place_text", "updated_moment")
        ]
        return frame.filter(good).filter(rule).select(kept)

    def read(
        self,
        table: str,
        wanted: str,
        rule: pl.Expr = pl.lit(True),
        rates: pl.DataFrame | None = None,
        on=None,
    ):
        """A table's valid rows, one for each key. With rates: their rate on a day, rejected without one."""
        repeated = self.repeated(table)
        rows = self.valid(table, self.scan(table).collect(), wanted.split(), rule, repeated)
        if rates is not None:
            rows = (
                rows.with_columns(on.alias("rated_on"))
                .sort("rated_on")
                .join_asof(
                    rates, left_on="rated_on", right_on="rate_date", by="currency", check_sortedness=False
                )
                .filter(pl.col("rate").is_not_null())
            )
        return one_for_each_key(table, rows)


def key_hash(keys: list[str]) -> pl.Expr:
    return (
        pl.struct([pl.col(key).str.strip_chars(SPACE) for key in keys]).hash()
        if len(keys) > 1
        else (pl.col(keys[0]).str.strip_chars(SPACE).hash())
    )


def one_for_each_key(table: str, rows: pl.DataFrame) -> pl.DataFrame:
    keys = [name for name, (mark, _) in columns_of(table).items() if mark == "!"]
    once = rows.filter(pl.col("place_text").is_null())
    several = rows.filter(pl.col("place_text").is_not_null())
    if "updated_moment" in rows.columns:
        several = several.sort("updated_moment", "place_text", descending=[True, False], nulls_last=True)
    else:
        several = several.sort("place_text")
    return pl.concat([once, several.unique(keys, keep="first", maintain_order=True)])


def snapshot_of(day: pl.Expr, since: date) -> pl.Expr:
    """The number of the month end that first sees a day; 1 is the first reported year's January."""
    return (day.dt.year() - since.year).cast(pl.Int32) * 12 + day.dt.month().cast(pl.Int32)


def by_dimension(frame: pl.DataFrame, dimensions: list[str], keys: list[str], aggregates: list[pl.Expr]):
    """A row for the company and one for each value of each dimension."""
    parts = [
        frame.group_by(keys)
        .agg(aggregates)
        .with_columns(pl.lit("company").alias("dimension"), pl.lit("all").alias("dimension_value"))
    ]
    for dimension in dimensions:
        part = frame.group_by([*keys, dimension]).agg(aggregates)
        parts.append(
            part.with_columns(
                pl.lit(dimension).alias("dimension"),
                pl.col(dimension).cast(pl.String).alias("dimension_value"),
            ).drop(dimension)
        )
    columns = [
        *keys,
        "dimension",
        "dimension_value",
        *[aggregate.meta.output_name() for aggregate in aggregates],
    ]
    return pl.concat([part.select(columns) for part in parts])


def share(part: str | pl.Expr, whole: str | pl.Expr) -> pl.Expr:
    part = pl.col(part) if isinstance(part, str) else part
    whole = pl.col(whole) if isinstance(whole, str) else whole
    return pl.when(whole != 0).then(part / whole)


def percentile(name: str, of: float) -> pl.Expr:
    return pl.col(name).quantile(of, interpolation="linear")


class Run:
    def __init__(self, inputs: Path, output: Path, format_: str, as_of: date, since: date):
        self.tables, self.output, self.as_of, self.since = Tables(inputs, format_), output, as_of, since
        self.last = (as_of.year - since.year) * 12 + as_of.month

    def snapshot(self, day: str | pl.Expr) -> pl.Expr:
        return snapshot_of(pl.col(day) if isinstance(day, str) else day, self.since)

    def write(self, name: str, frame: pl.DataFrame, columns: str) -> None:
        frame = frame.select([*KEY_OF_PERIOD, "dimension", "dimension_value", *columns.split()])
        frame.write_parquet(self.output / f"kpi_{name}.parquet")

    def complete(self, frame: pl.DataFrame) -> pl.DataFrame:
        """With the company's row for the periods that have none; its counts are 0."""
        missing = self.periods.join(frame.filter(dimension="company"), on=KEY_OF_PERIOD[:2], how="anti")
        missing = missing.select(
            *KEY_OF_PERIOD, pl.lit("company").alias("dimension"), pl.lit("all").alias("dimension_value")
        )
        if "period_end" not in frame.columns:
            frame = frame.join(self.periods.select(KEY_OF_PERIOD), on=KEY_OF_PERIOD[:2])
        frame = pl.concat([frame, missing], how="diagonal")
        return frame.with_columns(
            pl.col(name).fill_null(0) for name, kind in frame.schema.items() if kind.is_integer()
        )

    def of_closing(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Figures of a month's end for the periods that close with it."""
        return self.complete(
            self.periods.join(frame, left_on="closing", right_on="snapshot").drop(
                "opening", "cutoff", "closing"
            )
        )

    # what there is

    def periods_and_people(self) -> None:
        first_year = date(self.since.year, 1, 1)
        ends = [first_year - timedelta(days=1)]
        for number in range(self.last):
            year, month = divmod(self.since.year * 12 + number, 12)
            following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
            ends.append(min(following - timedelta(days=1), self.as_of))
        self.snapshots = pl.DataFrame(
            {"snapshot": range(len(ends)), "day": ends}, schema={"snapshot": pl.Int32, "day": pl.Date}
        )
        rows = []
        for grain, months in (("month", 1), ("quarter", 3), ("year", 12)):
            for number in range(0, self.last, months):
                start = date(self.since.year + number // 12, number % 12 + 1, 1)
                after = number + months
                end = date(self.since.year + after // 12, after % 12 + 1, 1) - timedelta(days=1)
                if end >= self.since:
                    closing = min(after, self.last)
                    rows.append((grain, start, end, end <= self.as_of, min(end, self.as_of), number, closing))
        self.periods = pl.DataFrame(
            rows,
            schema=dict(zip([*KEY_OF_PERIOD, "cutoff"], [pl.String, pl.Date, pl.Date, pl.Boolean, pl.Date]))
            | {"opening": pl.Int32, "closing": pl.Int32},
            orient="row",
        )
        read = self.tables.read
        rates = read("reference/exchange_rates", "rate_date currency rate", pl.col("rate") > 0)
        base = pl.DataFrame({"rate_date": [date(1, 1, 1)], "currency": ["TRY"], "rate": [1.0]})
        self.rates = pl.concat([rates.filter(pl.col("currency") != "TRY").select(base.columns), base]).sort(
            "rate_date"
        )
        employees = read(
            "hr/employees",
            "employee_id hire_date termination_date termination_reason",
            (pl.col("termination_date") >= pl.col("hire_date")).fill_null(True),
        )
        assignments = read(
            "hr/job_assignments",
            "employee_id department team valid_from valid_to",
            (pl.col("valid_to") >= pl.col("valid_from")).fill_null(True),
        )
        users = read("crm/users", "user_id employee_id")
        until = pl.min_horizontal("valid_to", "termination_date").fill_null(NEVER)
        assignments = (
            assignments.join(employees, on="employee_id", how="left")
            .select(
                "employee_id",
                "team",
                (pl.col("department") == "sales").alias("is_sales"),
                pl.col("valid_from").alias("since"),
                until.alias("until"),
            )
            .filter(pl.col("until") >= pl.col("since"))
        )
        self.teams = stretches(assignments)
        self.sales_teams = stretches(assignments.filter("is_sales"))
        as_of_teams = self.teams.filter(pl.lit(self.as_of).is_between("since", "until"))
        self.people = (
            users.select("user_id", "employee_id")
            .join(as_of_teams.select("employee_id", "team"), on="employee_id", how="left")
            .with_columns(pl.col("team").fill_null("unassigned"))
        )
        sales = assignments.filter("is_sales").sort("employee_id", "since")
        reached = pl.col("until").cum_max().shift(1).over("employee_id")
        begins = (pl.col("since").dt.offset_by("-1d") > reached).fill_null(True)
        spells = (
            sales.with_columns(begins.cast(pl.Int32).cum_sum().over("employee_id").alias("spell"))
            .group_by("employee_id", "spell")
            .agg(pl.col("since").min().alias("spell_start"), pl.col("until").max().alias("spell_end"))
        )
        spells = spells.filter(pl.col("spell_start") <= self.as_of).join(
            employees, on="employee_id", how="left"
        )
        last_day = pl.col("spell_end")
        spells = spells.with_columns(
            pl.when(last_day < self.as_of).then(last_day.dt.offset_by("1d")).alias("separated_on"),
            pl.when(pl.col("termination_date").eq_missing(last_day))
            .then(pl.col("termination_reason").fill_null("other"))
            .otherwise(pl.lit("transfer"))
            .alias("separation"),
        ).select("employee_id", "spell_start", "spell_end", "separated_on", "separation")
        spells = team_on(spells, self.sales_teams, "spell_start").rename({"team": "first_team"})
        self.spells = team_on(spells, self.sales_teams, "spell_end").rename({"team": "last_team"})

    def customers_and_contracts(self) -> None:
        read, as_of = self.tables.read, self.as_of
        accounts = read("crm/accounts", "account_id segment region owner_user_id")
        column = pl.col
        rule = (
            ((column("status") != "cancelled") | column("cancelled_on").is_not_null())
            & ((column("status") != "expired") | column("end_date").is_not_null())
            & (column("end_date") >= column("start_date")).fill_null(True)
            & (column("total_value") >= 0)
            & column("one_time_fees").is_between(0, column("total_value")).fill_null(True)
        )
        signed = pl.coalesce("signed_on", "start_date")
        contracts = read(
            "crm/contracts",
            "contract_id account_id renewed_from_contract_id contract_type status signed_on start_date end_date"
            " cancelled_on total_value one_time_fees currency",
            rule,
            self.rates,
            signed,
        )
        contracts = (
            contracts.with_columns(
                signed.alias("signed"),
                pl.when(column("cancelled_on") <= as_of).then("cancelled_on").alias("cancelled_on"),
            )
            .filter(
                (column("signed") <= as_of)
                & ~column("status").is_in(["draft", "void"])
                & ~(column("cancelled_on") < column("start_date")).fill_null(False)
            )
            .with_columns(
                pl.min_horizontal("end_date", "cancelled_on").alias("ended_on"),
                ((column("total_value") - column("one_time_fees").fill_null(0)) * column("rate")).alias(
                    "value"
                ),
                (((column("end_date") - column("start_date")).dt.total_days() + 1) / 30.4375 + 0.5)
                .floor()
                .alias("term_months"),
            )
        )
        renewals = (
            contracts.join(
                contracts.select(
                    "account_id",
                    column("renewed_from_contract_id").alias("contract_id"),
                    column("start_date").alias("renewed_on"),
                ),
                on=["account_id", "contract_id"],
            )
            .filter(column("renewed_on") > column("start_date"))
            .group_by("contract_id")
            .agg(column("renewed_on").min())
        )
        gap = (column("renewed_on") - column("ended_on")).dt.total_days() - 1
        self.contracts = contracts.join(renewals, on="contract_id", how="left").select(
            "account_id",
            "contract_type",
            "signed",
            "start_date",
            pl.when(column("renewed_on").is_not_null() & (gap <= 30).fill_null(True))
            .then(column("renewed_on").dt.offset_by("-1d"))
            .otherwise(column("ended_on").fill_null(NEVER))
            .alias("active_through"),
            (
                12 * column("value") / pl.max_horizontal(column("term_months").fill_null(12), pl.lit(12.0))
            ).alias("annual_value"),
        )
        paid = read(
            "crm/invoices",
            "account_id status paid_on issued_on amount currency",
            (column("status") != "paid") | column("paid_on").is_not_null(),
            self.rates,
            pl.coalesce("paid_on", "issued_on"),
        ).filter((column("status") == "paid") & (column("paid_on") <= as_of))
        payments = (
            paid.with_columns(self.snapshot("paid_on").clip(1).alias("snapshot"))
            .group_by("account_id", "snapshot")
            .agg(
                (column("amount") * column("rate")).sum().alias("paid"),
                column("paid_on").filter(column("amount") >= 0).min().alias("first_paid_on"),
            )
        )
        dealings = (
            pl.concat(
                [
                    self.contracts.select(
                        "account_id", "start_date", pl.lit(None, pl.Date).alias("first_paid_on")
                    ),
                    payments.select("account_id", pl.lit(None, pl.Date).alias("start_date"), "first_paid_on"),
                ]
            )
            .group_by("account_id")
            .agg(column("start_date").min().alias("first_start"), column("first_paid_on").min())
        )
        self.customers = (
            dealings.with_columns(pl.min_horizontal("first_start", "first_paid_on").alias("became_on"))
            .join(
                accounts.select("account_id", "segment", "region", "owner_user_id"),
                on="account_id",
                how="left",
            )
            .join(
                self.people.with_columns(column("user_id").alias("rep")),
                left_on="owner_user_id",
                right_on="user_id",
                how="left",
            )
            .select(
                "account_id",
                "first_start",
                "became_on",
                column("became_on").dt.year().alias("cohort"),
                column("segment").fill_null("unknown").cast(pl.Categorical),
                column("region").fill_null("unknown").cast(pl.Categorical),
                column("team").fill_null("unassigned").cast(pl.Categorical),
                column("rep").fill_null("unassigned").cast(pl.Categorical),
            )
            .with_row_index("customer")
        )
        numbers = self.customers.select("account_id", "customer", "became_on")
        day_after = pl.min_horizontal("active_through", pl.lit(as_of)).dt.offset_by("1d")
        last = pl.when(column("active_through") >= as_of).then(pl.lit(self.last, pl.Int32))
        last = last.otherwise(self.snapshot(day_after) - 1)
        spans = (
            self.contracts.filter(column("start_date") <= as_of)
            .join(numbers, on="account_id")
            .select(
                "customer",
                "annual_value",
                self.snapshot("start_date").clip(0).alias("first"),
                last.alias("last"),
            )
            .filter(column("last") >= column("first"))
        )
        months = spans.with_columns(
            pl.int_ranges("first", column("last") + 1, dtype=pl.Int32).alias("snapshot")
        ).explode("snapshot")
        self.active_months = months.group_by("customer", "snapshot").agg(
            pl.len().cast(pl.Int64).alias("contracts"), column("annual_value").sum()
        )
        reported = numbers.filter(column("became_on") <= as_of).select(
            "account_id", "customer", self.snapshot("became_on").clip(1).alias("first")
        )
        changes = (
            pl.concat(
                [
                    payments.join(reported, on="account_id").select(
                        "customer", "first", pl.max_horizontal("snapshot", "first").alias("snapshot"), "paid"
                    ),
                    reported.select(
                        "customer", "first", column("first").alias("snapshot"), pl.lit(0.0).alias("paid")
                    ),
                ]
            )
            .group_by("customer", "snapshot")
            .agg(column("paid").sum())
            .sort("customer", "snapshot")
            .with_columns(
                column("paid").cum_sum().over("customer").alias("paid_to_date"),
                column("snapshot").shift(-1).over("customer").fill_null(self.last + 1).alias("next"),
            )
        )
        self.paid_months = changes.select(
            "customer", "paid_to_date", pl.int_ranges("snapshot", "next", dtype=pl.Int32).alias("snapshot")
        ).explode("snapshot")

    def leads_and_touches(self) -> None:
        read, as_of, column = self.tables.read, self.as_of, pl.col
        leads = read(
            "crm/leads",
            "lead_id source status owner_user_id created_at disqualified_at converted_account_id merged_into_lead_id",
            (column("status") != "disqualified") | column("disqualified_at").is_not_null(),
        )
        merges = dict(
            leads.filter(column("merged_into_lead_id").is_not_null())
            .select("lead_id", "merged_into_lead_id")
            .iter_rows()
        )
        survivors = {}
        for lead in merges:
            place, passed = lead, set()
            while place in merges and place not in passed:
                passed.add(place)
                place = merges[place]
            # a walk that runs in a circle arrives nowhere: such a lead names itself, unknown to all
            survivors[lead] = lead if place in passed else place
        merged = pl.DataFrame(
            {"lead_id": list(survivors), "survivor": list(survivors.values())},
            schema={"lead_id": pl.String, "survivor": pl.String},
        )
        self.merged = merged
        opportunities = read(
            "crm/opportunities",
            "opportunity_id lead_id owner_user_id stage created_at closed_at",
            ~column("stage").is_in(["closed_won", "closed_lost"]) | column("closed_at").is_not_null(),
        ).filter(column("created_at") <= as_of)
        outcome = (
            pl.when((column("closed_at") > as_of).fill_null(False))
            .then(pl.lit("open"))
            .when(column("stage") == "closed_won")
            .then(pl.lit("won"))
            .when(column("stage") == "closed_lost")
            .then(pl.lit("lost"))
            .otherwise(pl.lit("open"))
        )
        self.opportunities = (
            opportunities.join(merged, on="lead_id", how="left")
            .join(self.people, left_on="owner_user_id", right_on="user_id", how="left")
            .select(
                "opportunity_id",
                pl.coalesce("survivor", "lead_id").alias("lead_id"),
                "employee_id",
                column("closed_at").alias("closed_on"),
                outcome.alias("outcome"),
            )
        )
        decisions = (
            self.opportunities.filter(column("lead_id").is_not_null())
            .group_by("lead_id")
            .agg(
                column("closed_on").filter(column("outcome") == "won").min().alias("won_on"),
                pl.when((column("outcome") == "lost").all()).then(column("closed_on").max()).alias("lost_on"),
            )
        )
        leads = leads.filter(column("merged_into_lead_id").is_null() & (column("created_at") <= as_of)).join(
            decisions, on="lead_id", how="left"
        )
        disqualified = pl.when(
            (column("status") == "disqualified") & (column("disqualified_at") <= as_of)
        ).then("disqualified_at")
        leads = leads.with_columns(
            pl.coalesce(column("won_on"), disqualified, column("lost_on")).alias("decided_on")
        ).join(
            self.people.select("user_id", "employee_id", column("user_id").alias("rep")),
            left_on="owner_user_id",
            right_on="user_id",
            how="left",
        )
        leads = team_on(leads, self.teams, "created_at")
        self.leads = leads.select(
            "lead_id",
            column("created_at").alias("entered_on"),
            "converted_account_id",
            column("source").fill_null("unknown").cast(pl.Categorical),
            column("team").fill_null("unassigned").cast(pl.Categorical),
            column("rep").fill_null("unassigned").cast(pl.Categorical),
            pl.when(column("won_on").is_not_null())
            .then(pl.lit("won"))
            .when(column("decided_on").is_not_null())
            .then(pl.lit("lost"))
            .otherwise(pl.lit("open"))
            .alias("outcome"),
            pl.when(column("decided_on").is_not_null())
            .then(pl.max_horizontal("decided_on", "created_at"))
            .alias("outcome_on"),
        ).with_row_index("lead")
        last = (
            pl.when(column("outcome") == "open")
            .then(pl.lit(self.last, pl.Int32))
            .otherwise(self.snapshot("outcome_on") - 1)
        )
        self.open_leads = self.leads.select(
            "lead",
            "lead_id",
            "entered_on",
            self.snapshot("entered_on").clip(1).alias("first"),
            last.alias("last"),
        ).filter(column("last") >= column("first"))
        known = self.open_leads.select(column("lead_id").alias("name"), "lead", "entered_on", "last")
        self.lead_names = pl.concat(
            [
                known,
                merged.join(known, left_on="survivor", right_on="name").select(
                    column("lead_id").alias("name"), "lead", "entered_on", "last"
                ),
            ]
        )
        self.opportunity_names = (
            self.opportunities.select(column("opportunity_id").alias("name"), "lead_id")
            .join(self.open_leads, on="lead_id")
            .select("name", "lead", "entered_on", "last")
        )
        touches = [self.activities()]
        for table, key, names in (
            ("crm/lead_status_history", "lead_id", self.lead_names),
            ("crm/opportunity_stage_history", "opportunity_id", self.opportunity_names),
        ):
            # a row that stands twice touches the same lead on the same day: no need to drop it
            for raw in self.tables.scan(table).collect_batches(chunk_size=1_000_000):
                rows = self.tables.valid(
                    table, raw, [key, "changed_at"], pl.lit(True), pl.Series([], dtype=pl.UInt64)
                )
                touches.append(
                    self.seen(
                        rows.select(column(key).alias("name"), column("changed_at").alias("day")), names
                    )
                )
        touches = (
            pl.concat(touches)
            .group_by("lead", self.snapshot("day").clip(1).alias("snapshot"))
            .agg(column("day").max().alias("touched_on"))
        )
        months = self.open_leads.with_columns(
            pl.int_ranges("first", column("last") + 1, dtype=pl.Int32).alias("snapshot")
        ).explode("snapshot")
        months = (
            months.join(touches, on=["lead", "snapshot"], how="left")
            .join(self.snapshots, on="snapshot")
            .sort("lead", "snapshot")
        )
        touched = column("touched_on").cum_max().forward_fill().over("lead")
        self.open_lead_months = (
            months.with_columns(touched.alias("touched_on"))
            .join(self.leads.select("lead", "source", "team", "rep"), on="lead")
            .select(
                "snapshot",
                "source",
                "team",
                "rep",
                (column("day") - column("entered_on")).dt.total_days().alias("waiting_days"),
                (column("day") - pl.max_horizontal("entered_on", "touched_on"))
                .dt.total_days()
                .alias("idle_days"),
            )
        )

    def seen(self, rows: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
        """Of touches those that an open lead's month end can see."""
        return (
            rows.filter(pl.col("day") <= self.as_of)
            .join(names, on="name")
            .filter((pl.col("day") > pl.col("entered_on")) & (self.snapshot("day") <= pl.col("last")))
            .select("lead", "day")
        )

    def activities(self) -> pl.DataFrame:
        """The touches by completed activities; keeps the reps' first meetings, too."""
        table, column = "crm/activities", pl.col
        repeated = self.tables.repeated(table)
        sellers = self.people.join(self.spells.select("employee_id").unique(), on="employee_id").select(
            "user_id", "employee_id"
        )
        wanted = [
            "activity_id",
            "activity_type",
            "status",
            "user_id",
            "lead_id",
            "opportunity_id",
            "account_id",
            "occurred_at",
        ]
        touches, meetings, several = [], [], []

        def use(rows: pl.DataFrame) -> None:
            rows = rows.filter((column("status") == "completed") & (column("occurred_at") <= self.as_of))
            for key, names in (("lead_id", self.lead_names), ("opportunity_id", self.opportunity_names)):
                about = rows.filter(column(key).is_not_null())
                touches.append(
                    self.seen(
                        about.select(column(key).alias("name"), column("occurred_at").alias("day")), names
                    )
                )
            met = rows.filter(
                column("activity_type").is_in(["meeting", "demo"])
                & pl.any_horizontal(column("lead_id", "opportunity_id", "account_id").is_not_null())
            )
            meetings.append(
                met.join(sellers, on="user_id")
                .select("employee_id", column("occurred_at").alias("day"))
                .unique()
            )

        for raw in self.tables.scan(table).collect_batches(chunk_size=1_000_000):
            rows = self.tables.valid(table, raw, wanted, pl.lit(True), repeated)
            several.append(rows.filter(column("place_text").is_not_null()))
            use(rows.filter(column("place_text").is_null()))
        use(one_for_each_key(table, pl.concat(several)))
        self.meetings = pl.concat(meetings).unique()
        return pl.concat(touches)

    # the KPIs

    def customer_kpis(self) -> None:
        column, dimensions = pl.col, ["segment", "region", "team", "rep"]
        of_customer = self.customers.select("customer", *dimensions, "cohort", "first_start")
        active = self.active_months.join(of_customer, on="customer")
        values = by_dimension(
            active,
            dimensions,
            ["snapshot"],
            [
                column("annual_value").sum().alias("total_acv"),
                percentile("annual_value", 0.5).alias("median_acv_per_customer"),
                pl.len().cast(pl.Int64).alias("active_customers"),
                column("contracts").sum().alias("active_contracts"),
            ],
        )
        signed = self.contracts.join(self.customers, on="account_id").with_columns(
            self.snapshot("signed").alias("snapshot")
        )
        value = column("annual_value")
        signed = by_dimension(
            signed,
            dimensions,
            ["snapshot"],
            [
                value.filter(column("contract_type") == "new").sum().alias("new_acv"),
                value.filter(column("contract_type").is_in(["upsell", "cross_sell"]))
                .sum()
                .alias("expansion_acv"),
                value.filter(column("contract_type") == "renewal").sum().alias("renewal_acv"),
            ],
        )
        group = [*KEY_OF_PERIOD, "dimension", "dimension_value"]
        signed = (
            self.periods.join(signed, how="cross")
            .filter((column("snapshot") > column("opening")) & (column("snapshot") <= column("closing")))
            .group_by(group)
            .agg(column("new_acv", "expansion_acv", "renewal_acv").sum())
        )
        acv = (
            self.of_closing(values)
            .join(signed, on=group, how="full", coalesce=True)
            .with_columns(
                column("active_customers", "active_contracts").fill_null(0),
                column("total_acv", "new_acv", "expansion_acv", "renewal_acv").fill_null(0.0),
            )
            .with_columns(share("total_acv", "active_customers").alias("acv_per_customer"))
        )
        self.write(
            "annual_contract_value",
            acv,
            "acv_per_customer median_acv_per_customer total_acv active_customers"
            " active_contracts new_acv expansion_acv renewal_acv",
        )

        clv = by_dimension(
            self.paid_months.join(of_customer, on="customer"),
            ["segment", "region", "cohort"],
            ["snapshot"],
            [
                column("paid_to_date").mean().alias("average_clv"),
                percentile("paid_to_date", 0.5).alias("median_clv"),
                percentile("paid_to_date", 0.9).alias("p90_clv"),
                column("paid_to_date").sum().alias("total_spend"),
                pl.len().cast(pl.Int64).alias("customers"),
            ],
        )
        self.write(
            "customer_lifetime_value",
            self.of_closing(clv).with_columns(column("total_spend").fill_null(0.0)),
            "average_clv median_clv p90_clv total_spend customers",
        )

        ends = [
            self.periods.select("period_grain", "period_start", column(end).alias("snapshot"))
            .join(self.active_months, on="snapshot")
            .select("period_grain", "period_start", "customer", column("annual_value").alias(name))
            for end, name in (("opening", "at_start"), ("closing", "at_end"))
        ]
        both = (
            ends[0]
            .join(ends[1], on=["period_grain", "period_start", "customer"], how="full", coalesce=True)
            .join(of_customer, on="customer")
        )
        started, ended = column("at_start").is_not_null(), column("at_end").is_not_null()
        is_new = (column("first_start") >= column("period_start")).fill_null(False)
        retention = by_dimension(
            both,
            ["segment", "region", "team"],
            ["period_grain", "period_start"],
            [
                started.sum().cast(pl.Int64).alias("customers_start"),
                (started & ended).sum().cast(pl.Int64).alias("retained_customers"),
                (~started & is_new).sum().cast(pl.Int64).alias("new_customers"),
                (~started & ~is_new).sum().cast(pl.Int64).alias("reactivated_customers"),
                ended.sum().cast(pl.Int64).alias("customers_end"),
                column("at_start").sum().alias("value_at_start"),
                pl.min_horizontal(column("at_start"), column("at_end").fill_null(0.0))
                .filter(started)
                .sum()
                .alias("kept"),
                column("at_end").filter(started).sum().alias("value_at_end"),
            ],
        )
        retention = self.complete(retention).with_columns(
            share("retained_customers", "customers_start").alias("customer_retention_rate"),
            (column("customers_start") - column("retained_customers")).alias("churned_customers"),
            share("kept", "value_at_start").alias("gross_revenue_retention"),
            share("value_at_end", "value_at_start").alias("net_revenue_retention"),
        )
        self.write(
            "customer_retention",
            retention,
            "customer_retention_rate customers_start retained_customers churned_customers"
            " new_customers reactivated_customers customers_end gross_revenue_retention net_revenue_retention",
        )

        referrals = (
            self.tables.read("crm/referrals", "referral_id referring_account_id referred_lead_id referred_on")
            .filter(column("referred_on") <= self.as_of)
            .join(self.merged, left_on="referred_lead_id", right_on="lead_id", how="left")
            .with_columns(
                pl.coalesce("survivor", "referred_lead_id").alias("lead_id"),
                column("referring_account_id").alias("account_id"),
            )
        )
        by_customer = (
            referrals.join(self.contracts, on="account_id")
            .filter(column("referred_on").is_between("start_date", "active_through"))
            .select("referral_id")
            .unique()
        )
        referrals = (
            referrals.join(by_customer, on="referral_id", how="semi")
            .join(self.leads.select("lead_id", "outcome", "converted_account_id"), on="lead_id", how="left")
            .filter(column("converted_account_id").ne_missing(column("account_id")))
            .sort("referred_on", "referral_id")
            .unique("lead_id", keep="first", maintain_order=True)
            .join(self.customers, on="account_id")
        )
        made = self.periods.join(referrals, how="cross").filter(
            column("referred_on").is_between("period_start", "cutoff")
        )
        made = by_dimension(
            made,
            ["segment", "region"],
            KEY_OF_PERIOD[:2],
            [
                pl.len().cast(pl.Int64).alias("referrals"),
                column("account_id").n_unique().cast(pl.Int64).alias("referring_customers"),
                (column("outcome") == "won").sum().cast(pl.Int64).alias("won_referrals"),
            ],
        )
        made = (
            self.complete(made)
            .join(self.periods.select(*KEY_OF_PERIOD[:2], "closing"), on=KEY_OF_PERIOD[:2])
            .join(
                values.select(
                    column("snapshot").alias("closing"), "dimension", "dimension_value", "active_customers"
                ),
                on=["closing", "dimension", "dimension_value"],
                how="left",
            )
            .with_columns(
                share("won_referrals", "referrals").alias("referral_conversion_rate"),
                share(100 * column("referrals"), "active_customers").alias("referrals_per_100_customers"),
            )
        )
        self.write(
            "customer_referrals",
            made,
            "referrals referring_customers won_referrals referral_conversion_rate referrals_per_100_customers",
        )

    def lead_kpis(self) -> None:
        column, dimensions = pl.col, ["source", "team", "rep"]
        won = column("outcome") == "won"
        events = pl.concat(
            [
                self.leads.select(
                    self.snapshot("entered_on").alias("snapshot"),
                    *dimensions,
                    column("outcome").alias("entered"),
                    pl.when(won)
                    .then((column("outcome_on") - column("entered_on")).dt.total_days())
                    .alias("days"),
                    pl.lit(None, pl.String).alias("closed"),
                ),
                self.leads.filter(column("outcome") != "open").select(
                    self.snapshot("outcome_on").alias("snapshot"),
                    *dimensions,
                    pl.lit(None, pl.String).alias("entered"),
                    pl.lit(None, pl.Int64).alias("days"),
                    column("outcome").alias("closed"),
                ),
            ]
        )
        count = lambda condition: condition.sum().cast(pl.Int64)  # noqa: E731
        counts = by_dimension(
            events,
            dimensions,
            ["snapshot"],
            [
                count(column("entered").is_not_null()).alias("entered_leads"),
                count(column("entered") == "won").alias("won_leads"),
                count(column("entered") == "lost").alias("lost_leads"),
                count(column("entered") == "open").alias("open_leads"),
                count(column("days") <= 90).alias("in_window"),
                column("days").sum().alias("days_to_win"),
                count(column("closed") == "won").alias("closed_won"),
                count(column("closed").is_not_null()).alias("closed_leads"),
            ],
        )
        names = [name for name in counts.columns if name not in ("snapshot", "dimension", "dimension_value")]
        group = [*KEY_OF_PERIOD, "dimension", "dimension_value"]
        parts = []
        for period in self.periods.iter_slices(1):
            of_period = counts.filter(
                column("snapshot").is_between(period["opening"][0] + 1, period["closing"][0])
            )
            parts.append(
                period.join(
                    of_period.group_by("dimension", "dimension_value").agg(column(names).sum()), how="cross"
                )
            )
        counts = self.complete(pl.concat(parts).select(*group, *names))
        self.write(
            "new_pipeline_leads",
            counts.filter((column("entered_leads") > 0) | (column("dimension") == "company")).with_columns(
                column("entered_leads").alias("new_leads")
            ),
            "new_leads",
        )
        known = column("period_end").dt.offset_by("90d") <= self.as_of
        counts = counts.with_columns(
            share("won_leads", "entered_leads").alias("conversion_rate"),
            pl.when(known).then(share("in_window", "entered_leads")).alias("conversion_rate_in_window"),
            share("days_to_win", "won_leads").alias("average_days_to_win"),
            share("closed_won", "closed_leads").alias("win_rate"),
        )
        self.write(
            "lead_conversion_rate",
            counts,
            "conversion_rate entered_leads won_leads lost_leads open_leads"
            " conversion_rate_in_window average_days_to_win win_rate",
        )
        waiting = by_dimension(
            self.open_lead_months,
            dimensions,
            ["snapshot"],
            [
                column("waiting_days").mean().alias("average_waiting_days"),
                percentile("waiting_days", 0.5).alias("median_waiting_days"),
                percentile("waiting_days", 0.9).alias("p90_waiting_days"),
                column("idle_days").mean().alias("average_idle_days"),
                count(column("idle_days") > 30).alias("stale_leads"),
                pl.len().cast(pl.Int64).alias("open_leads"),
            ],
        )
        self.write(
            "lead_waiting_time",
            self.of_closing(waiting),
            "average_waiting_days median_waiting_days p90_waiting_days"
            " average_idle_days stale_leads open_leads",
        )

    def team_kpis(self) -> None:
        column, keys = pl.col, KEY_OF_PERIOD[:2]
        days = pl.concat(
            [
                self.periods.select(
                    *keys,
                    column("period_start").dt.offset_by("-1d").alias("day"),
                    pl.lit(False).alias("is_end"),
                ),
                self.periods.select(*keys, column("cutoff").alias("day"), pl.lit(True).alias("is_end")),
            ]
        )
        present = (
            days.join(self.sales_teams, how="cross")
            .filter(column("day").is_between("since", "until"))
            .join(self.spells.select("employee_id", "spell_start", "spell_end"), on="employee_id")
            .filter(column("day").is_between("spell_start", "spell_end"))
        )
        at_end = present.filter("is_end").select(*keys, "employee_id", pl.lit(True).alias("stays"))
        present = present.join(at_end, on=[*keys, "employee_id"], how="left").select(
            *keys,
            "team",
            pl.when("is_end").then(pl.lit("end")).otherwise(pl.lit("start")).alias("event"),
            (~column("is_end") & column("stays").fill_null(False)).alias("is_retained"),
            pl.when("is_end")
            .then((column("day") - column("spell_start")).dt.total_days())
            .alias("tenure_days"),
        )
        spells = self.periods.join(self.spells, how="cross")
        joined = spells.filter(column("spell_start").is_between("period_start", "cutoff")).select(
            *keys, column("first_team").alias("team"), pl.lit("joined").alias("event")
        )
        left = spells.filter(column("separated_on").is_between("period_start", "cutoff")).select(
            *keys, column("last_team").alias("team"), column("separation").alias("event")
        )
        events = pl.concat([present, joined, left], how="diagonal")
        count = lambda condition: condition.sum().cast(pl.Int64)  # noqa: E731
        event = column("event")
        people = self.complete(
            by_dimension(
                events,
                ["team"],
                keys,
                [
                    count(event == "start").alias("headcount_start"),
                    count(column("is_retained")).alias("retained_headcount"),
                    count(event == "joined").alias("joiners"),
                    count(~event.is_in(["start", "end", "joined"])).alias("separations"),
                    count(event == "voluntary").alias("voluntary_separations"),
                    count(event == "involuntary").alias("involuntary_separations"),
                    count(event == "transfer").alias("transfers_out"),
                    count(event == "end").alias("headcount_end"),
                    column("tenure_days").sum().alias("tenure_days"),
                ],
            )
        ).with_columns(
            share("retained_headcount", "headcount_start").alias("sales_retention_rate"),
            share("tenure_days", 30.4375 * column("headcount_end")).alias("average_tenure_months"),
            share(2 * column("separations"), column("headcount_start") + column("headcount_end")).alias(
                "turnover_rate"
            ),
        )
        self.write(
            "sales_team_retention",
            people,
            "sales_retention_rate headcount_start retained_headcount joiners separations"
            " voluntary_separations involuntary_separations transfers_out headcount_end average_tenure_months turnover_rate",
        )

        spell = ["employee_id", "spell_start"]
        firsts = {}
        for name, facts in (
            ("met_on", self.meetings),
            (
                "won_on",
                self.opportunities.filter(column("outcome") == "won").select(
                    "employee_id", column("closed_on").alias("day")
                ),
            ),
        ):
            firsts[name] = (
                self.spells.join(facts, on="employee_id")
                .filter(column("day").is_between("spell_start", "spell_end"))
                .group_by(spell)
                .agg(column("day").min().alias(name))
            )
        ramps = (
            self.spells.join(firsts["met_on"], on=spell, how="left")
            .join(firsts["won_on"], on=spell, how="left")
            .select(
                "spell_start",
                column("first_team").alias("team"),
                (column("met_on") - column("spell_start")).dt.total_days().alias("days"),
                (column("won_on") - column("spell_start")).dt.total_days().alias("days_to_win"),
                (column("met_on").is_null() & (column("spell_end") < self.as_of)).alias("has_left"),
            )
        )
        ramps = (
            self.periods.select(*keys, "cutoff")
            .join(ramps, how="cross")
            .filter(column("spell_start").is_between("period_start", "cutoff"))
        )
        ramps = self.complete(
            by_dimension(
                ramps,
                ["team"],
                keys,
                [
                    column("days").mean().alias("average_ramp_up_days"),
                    percentile("days", 0.5).alias("median_ramp_up_days"),
                    pl.len().cast(pl.Int64).alias("new_reps"),
                    count(column("days").is_not_null()).alias("ramped_reps"),
                    count(column("has_left")).alias("left_before_ramp_reps"),
                    column("days_to_win").mean().alias("average_days_to_first_win"),
                ],
            )
        ).with_columns(
            (column("new_reps") - column("ramped_reps") - column("left_before_ramp_reps")).alias(
                "ramping_reps"
            )
        )
        self.write(
            "rep_ramp_up_time",
            ramps,
            "average_ramp_up_days median_ramp_up_days new_reps ramped_reps"
            " left_before_ramp_reps ramping_reps average_days_to_first_win",
        )


def stretches(assignments: pl.DataFrame) -> pl.DataFrame:
    """The team of an employee between two days on which something about him changes."""
    changes = (
        pl.concat(
            [
                assignments.select("employee_id", pl.col("since").alias("day")),
                assignments.filter(pl.col("until") < NEVER).select(
                    "employee_id", pl.col("until").dt.offset_by("1d").alias("day")
                ),
            ]
        )
        .unique()
        .sort("employee_id", "day")
        .with_columns(
            pl.col("day").shift(-1).over("employee_id").dt.offset_by("-1d").fill_null(NEVER).alias("last_day")
        )
    )
    found = changes.join(assignments, on="employee_id").filter(pl.col("day").is_between("since", "until"))
    found = found.sort("since", "team", descending=[True, False], nulls_last=True)
    return found.unique(["employee_id", "day"], keep="first", maintain_order=True).select(
        "employee_id",
        pl.col("team").fill_null("unassigned"),
        pl.col("day").alias("since"),
        pl.col("last_day").alias("until"),
    )


def team_on(rows: pl.DataFrame, teams: pl.DataFrame, day: str) -> pl.DataFrame:
    """With the team of each row's employee on a day; null where there is none."""
    found = rows.sort(day).join_asof(
        teams.sort("since"), left_on=day, right_on="since", by="employee_id", check_sortedness=False
    )
    return found.with_columns(pl.when(pl.col(day) <= pl.col("until")).then("team").alias("team")).drop(
        "since", "until"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("inputs", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--format", choices=["csv", "parquet"], default="csv")
    parser.add_argument("--as-of-date", type=date.fromisoformat, required=True)
    parser.add_argument("--reporting-start-date", type=date.fromisoformat, required=True)
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    run = Run(
        options.inputs, options.output, options.format, options.as_of_date, options.reporting_start_date
    )
    for part in (
        run.periods_and_people,
        run.customers_and_contracts,
        run.leads_and_touches,
        run.customer_kpis,
        run.lead_kpis,
        run.team_kpis,
    ):
        part()


if __name__ == "__main__":
    main()
