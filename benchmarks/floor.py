"""The floor of the benchmark: the nine KPIs by hand-written SQL straight from the files.

    python -m benchmarks.floor INPUTS OUTPUT.duckdb --format csv --memory-limit 4GB
        --as-of-date 2026-11-15 --reporting-start-date 2022-01-01

The answers are those of docs/specification.md with its default settings. Nothing else is kept: no
rejected rows, no staged tables, no tests. All money is in decimals, all quotients are exact.

Dates live on a line of snapshots: 0 is the day before the first reported year, n is the end of its
n-th month, the last one is as_of_date. What is true on a day is first seen by snapshot_of(day).
"""

import argparse
import csv
import sys
import time
from pathlib import Path

import duckdb

#: column:type, `!` the key, `*` required. Types: date, stamp, number, currency, label, a list of codes; else text.
CONTRACT = {
    "crm/accounts": "account_id! account_name segment:label industry region owner_user_id created_at:stamp"
    " updated_at:stamp",
    "crm/users": "user_id! full_name email employee_id",
    "crm/leads": "lead_id! company_name contact_name email phone source:label status*:lead_status owner_user_id"
    " created_at*:stamp disqualified_at:stamp converted_account_id merged_into_lead_id updated_at:stamp",
    "crm/lead_status_history": "lead_id! status!:lead_status changed_at!:stamp",
    "crm/opportunities": "opportunity_id! account_id lead_id owner_user_id opportunity_type*:opportunity_type"
    " stage*:stage amount:number currency:currency created_at*:stamp closed_at:stamp updated_at:stamp",
    "crm/opportunity_stage_history": "opportunity_id! stage!:stage changed_at!:stamp",
    "crm/activities": "activity_id! activity_type*:activity_type status*:activity_status user_id lead_id"
    " opportunity_id account_id occurred_at*:stamp",
    "crm/contracts": "contract_id! account_id* opportunity_id renewed_from_contract_id"
    " contract_type*:contract_type status*:contract_status signed_on:date start_date*:date end_date:date"
    " cancelled_on:date total_value*:number one_time_fees:number currency*:currency updated_at:stamp",
    "crm/invoices": "invoice_id! account_id* contract_id status*:invoice_status issued_on*:date paid_on:date"
    " amount*:number currency*:currency",
    "crm/referrals": "referral_id! referring_account_id* referred_lead_id* referred_on*:date",
    "hr/employees": "employee_id! full_name email phone hire_date*:date termination_date:date"
    " termination_reason:termination_reason annual_salary:number updated_at:stamp",
    "hr/job_assignments": "employee_id! department!:label team job_title manager_employee_id valid_from!:date"
    " valid_to:date",
    "reference/exchange_rates": "rate_date!:date currency!:currency rate*:number",
}

CODES = {
    "lead_status": "new working qualified converted disqualified",
    "opportunity_type": "new_business upsell cross_sell renewal",
    "stage": "prospecting discovery proposal negotiation closed_won closed_lost",
    "activity_type": "call meeting demo email task",
    "activity_status": "completed scheduled cancelled no_show",
    "contract_type": "new renewal upsell cross_sell",
    "contract_status": "draft active expired cancelled void",
    "invoice_status": "open paid void",
    "termination_reason": "voluntary involuntary other",
}

SPACE = " \t\n\r\u00a0"
DAY = "(19[0-9][0-9]|20[0-9][0-9]|2100|9999)-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
TIME = "[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?"
OFFSET = "(Z|[+-](0[0-9]|1[0-3])(:?[0-5][0-9])?|[+-]14(:?00)?)?"

MACROS = f"""
    set timezone = 'UTC';

    -- the slow ways, right for every value
    create macro trimmed(t) as nullif(trim(t, '{SPACE}'), '');
    create macro as_code(t) as regexp_replace(lower(replace(t, 'İ', 'i')), '[{SPACE}-]+', '_', 'g');
    create macro as_instant(t) as case when regexp_full_match(t, '{DAY}({TIME}{OFFSET})?') then case
        when length(t) = 10 then timezone('UTC', timezone('Europe/Istanbul', try_cast(t as timestamp)))
        when regexp_matches(t, '[+-][0-9:]+$') and length(t) > 16
            then make_timestamp(epoch_us(try_cast(t as timestamptz)))
        else try_cast(t as timestamp) end end;
    create macro business_date(instant) as
        cast(timezone('Europe/Istanbul', timezone('UTC', instant)) as date);

    -- the fast ways, right for well-formed values, else the slow ones
    create macro clean(t) as case
        when substring(t, -1) between '!' and '}}~' and t between '!' and '}}~' then t
        else trimmed(t) end;
    create macro clean_label(t) as case
        when regexp_full_match(t, '[0-9A-Za-z_]+') then lower(t) else as_code(t) end;
    create macro clean_currency(t) as upper(replace(t, 'ß', 'ss'));
    create macro date_in(t) as case when regexp_full_match(t, '{DAY}') then try_cast(t as date) end;
    -- the zone has been three hours ahead since 2017; a cast to timestamp passes over the offset
    create macro day_in(t) as case
        when t >= '2017' and regexp_full_match(
            t, '(20[0-9][0-9]|2100)-[01][0-9]-[0-3][0-9][T ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](Z|[+]03:00)?'
        ) then case
            when length(t) = 25 then cast(try_cast(t as timestamp) as date)
            else cast(try_cast(t as timestamp) + interval 3 hours as date) end
        else business_date(as_instant(t)) end;
    create macro number_in(t) as case
        when regexp_full_match(t, '[+-]?([0-9]{{1,15}}([.][0-9]*)?|[.][0-9]+)') then try_cast(t as decimal(28, 12)) end;

    create macro product_of_all_digits(x, rate) as cast(cast(
        x // 1000000000000 * rate // 1000000
        + ((x // 1000000000000 * rate % 1000000) * 1000000000000 + x % 1000000000000 * rate + 500000000000000000)
        // 1000000000000000000 as decimal(38, 0)) * 0.000001 as decimal(38, 6));
    create macro millionths(x) as cast(cast(x as decimal(38, 6)) * 1000000 as hugeint);
    create macro ratio(a, b) as cast(cast(
        sign(a) * ((2000000 * millionths(abs(a)) + millionths(b)) // (2 * nullif(millionths(b), 0)))
        as decimal(38, 0)) * 0.000001 as decimal(38, 6));
    -- to millionths, half away from zero; the product of all digits needs more than the 38 that there are
    create macro product(x, rate) as sign(x)
        * product_of_all_digits(cast(abs(x) * 1000000000000 as hugeint), cast(rate * 1000000000000 as hugeint));
    -- continuous percentiles of money are taken in whole millionths, so that a tie is one
    create macro money(millionths) as cast(cast(round(round(millionths, 1)) as decimal(38, 0)) * 0.000001 as decimal(38, 6));
    -- most amounts and rates are short: no product of two has more than 18 digits or 6 decimals
    create macro short_amount(t) as case
        when regexp_full_match(t, '[+-]?[0-9]{{1,7}}([.][0-9]{{0,2}})?') then cast(t as decimal(9, 2)) end;
    create macro short_rate(rate) as case when try_cast(rate as decimal(9, 4)) = rate then cast(rate as decimal(9, 4)) end;
"""


def columns_of(table: str) -> dict[str, tuple[str, str]]:
    """Column -> its mark (``!``, ``*`` or none) and its type."""
    columns = {}
    for word in CONTRACT[table].split():
        name, _, type_ = word.partition(":")
        columns[name.rstrip("!*")] = (name[len(name.rstrip("!*")) :], type_ or "text")
    return columns


class Floor:
    """One run: the statements in their order, and how long each took."""

    def __init__(self, inputs: Path, output: Path, options: argparse.Namespace):
        self.inputs, self.format = inputs, options.format
        self.as_of, self.since = f"date '{options.as_of_date}'", f"date '{options.reporting_start_date}'"
        self.seconds: list[tuple[float, str]] = []
        self.connection = duckdb.connect(
            str(output),
            config={
                "threads": options.threads,
                "memory_limit": options.memory_limit,
                "preserve_insertion_order": False,
            },
        )
        for statement in duckdb.extract_statements(MACROS.replace("create macro", "create temp macro")):
            self.connection.execute(statement)
        # a CSV has no known size: without this the file itself can become the build side of a join
        # ; a filter that is pushed down would parse each text once more
        self.connection.execute(
            "set disabled_optimizers = 'build_side_probe_side,filter_pullup,filter_pushdown'"
        )

    def run(self, sql: str) -> None:
        """Run one statement; {as_of} and {since} stand for the two dates."""
        start = time.perf_counter()
        self.connection.execute(sql.replace("{as_of}", self.as_of).replace("{since}", self.since))
        self.seconds.append((time.perf_counter() - start, " ".join(sql.split())[:90]))

    def temp(self, name: str, select: str) -> None:
        self.run(f"create temp table {name} as {select}")

    def names(self, type_: str, select: str) -> None:
        self.run(
            f"create temp type {type_} as enum (select * from ({select}) as names (name) where name is not null)"
        )

    # reading

    def source(self, table: str) -> str:
        """What to select a table's raw rows from; an error where a column is missing."""
        file = self.inputs / f"{table}.{self.format}"
        files = [file] if file.exists() else sorted((self.inputs / table).glob(f"*.{self.format}"))
        if not files:
            sys.exit(f"{table}: there is no file {file}")
        paths = "[" + ", ".join(f"'{path}'" for path in files) + "]"
        if self.format == "csv":
            with files[0].open(encoding="utf-8-sig", newline="") as lines:
                names = [name.strip() for name in next(csv.reader(lines))]
            fields = ", ".join(f"'{name}': 'varchar'" for name in names)
            relation = (
                f"read_csv({paths}, auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"',"
                f" max_line_size = 16777216, columns = {{{fields}}})"
            )
        else:
            relation = f"read_parquet({paths}, union_by_name = true)"
            names = [
                row[0] for row in self.connection.execute(f"describe select * from {relation}").fetchall()
            ]
        for name in columns_of(table):
            if name not in names:
                sys.exit(f"{table}: {files[0]} has no column {name}")
        return relation

    def valid_rows(
        self,
        table: str,
        wanted: str,
        rule: str = "true",
        suspects: str = "",
        join: str = "",
        early: str = "true",
    ) -> str:
        """A select of the wanted columns of the rows that pass the rules.

        With the table of suspects, the hashes of keys that may stand more than once, their rows have
        what decides between them: place_text (the trimmed values joined) and updated_instant.
        early: what other rows than these need to be of interest, told by codes alone; texts are
        cleaned and dates are parsed for what is left.
        """
        columns = columns_of(table)
        codes, texts, parsed, values, conditions = [], [], [], [], []
        for name, (mark, type_) in columns.items():
            is_wanted = mark or name in wanted.split()
            if type_ in CODES:
                codes.append(f"{code_in(f'raw_{name}', CODES[type_].split())} as {name}")
                conditions.append(
                    f"{name} is not null" if mark else f"({name} is not null or trimmed(raw_{name}) is null)"
                )
                continue
            if type_ in ("date", "stamp", "number"):
                texts.append(f"clean(raw_{name}) as text_{name}")
                parser = {"date": "date_in", "stamp": "day_in", "number": "number_in"}[type_]
                if type_ == "number":
                    values.append(f"{parser}(text_{name}) as {name}")
                else:
                    # "never" is blank
                    parsed.append(f"{parser}(text_{name}) as parsed_{name}")
                    values.append(
                        f"case when parsed_{name} < date '2200-01-01' then parsed_{name} end as {name}"
                    )
                if not mark:
                    known = name if type_ == "number" else f"parsed_{name}"
                    conditions.append(f"(text_{name} is null or {known} is not null)")
            elif mark == "!" and type_ == "text" and name not in wanted.split():
                # whatever the key is, it is there; only repeated ones are looked at
                conditions.append(f"(raw_{name} between '!' and '}}~' or trimmed(raw_{name}) is not null)")
                if suspects:
                    texts.append(f"case when is_suspect then clean(raw_{name}) end as {name}")
                continue
            elif is_wanted and type_ == "text":
                texts.append(f"clean(raw_{name}) as {name}")
            elif is_wanted:
                texts.append(f"clean(raw_{name}) as text_{name}")
                values.append(f"clean_{type_}(text_{name}) as {name}")
            if mark:
                conditions.append(f"{name} is not null")
        decisive = ""
        if suspects:
            joined = " || '|' || ".join(f"coalesce(trimmed(raw_{name}), '')" for name in columns)
            decisive = f", case when is_suspect then {joined} end as place_text"
            if "updated_at" in columns:
                decisive += (
                    ", case when is_suspect and updated_at is not null then as_instant(text_updated_at) end"
                )
                decisive += " as updated_instant"
        keys = [name for name, (mark, _) in columns.items() if mark == "!"]
        picked = list(dict.fromkeys(wanted.split() + (keys if suspects else [])))
        rows = f"select {', '.join(f'{name} as raw_{name}' for name in columns)} from {self.source(table)}"
        suspicion = [f"{key_hash(columns)} in (from {suspects}) as is_suspect"] if suspects else []
        rows = f"select *, {', '.join(codes + suspicion)} from ({rows})" if codes + suspicion else rows
        if early != "true":
            rows = f"select * from ({rows}) where is_suspect or ({early})"
        for step in (texts, parsed, values):
            rows = f"select *, {', '.join(step)} from ({rows})" if step else rows
        return f"""
            select {", ".join(picked)}{decisive} from ({rows}) {join}
            where {" and ".join([*conditions, f"({rule})"])}
        """

    def find_suspects(self, table: str) -> str:
        """A table of the 32-bit hashes that two or more of a table's keys have; some by chance."""
        columns, name = columns_of(table), table.partition("/")[2] + "_suspects"
        self.temp(
            name,
            f"""
            select distinct key_hash from (
                select key_hash, lag(key_hash) over (order by key_hash) as hash_before from (
                    select {key_hash(columns)} as key_hash
                    from (select {", ".join(f"{name} as raw_{name}" for name in columns)} from {self.source(table)})
                )
            ) where key_hash = hash_before
        """,
        )
        return name

    def drop_repeated(self, rows: str, table: str) -> None:
        """Of the valid rows with one key keep the one that the rules prefer."""
        columns = columns_of(table)
        keys = ", ".join(name for name, (mark, _) in columns.items() if mark == "!")
        newest = "updated_instant desc nulls last," if "updated_at" in columns else ""
        self.run(f"""
            delete from {rows} where rowid in (
                select row_id from (
                    select rowid as row_id, row_number() over (
                        partition by {keys} order by {newest} place_text
                    ) as place from {rows} where place_text is not null
                ) where place > 1
            )
        """)

    def stage(self, table: str, wanted: str, rule: str = "true") -> None:
        """A table's valid rows without repeated keys, named as the table is."""
        rows = table.partition("/")[2]
        self.temp(rows, self.valid_rows(table, wanted, rule, self.find_suspects(table)))
        self.drop_repeated(rows, table)


def key_hash(columns: dict[str, tuple[str, str]]) -> str:
    """A hash that is equal for equal keys; labels and currencies, whose case differs, are left out."""
    keys = [name for name, (mark, type_) in columns.items() if mark == "!" and type_ in ("text", "date")]
    return f"cast(hash({', '.join(f'clean(raw_{name})' for name in keys)}) >> 32 as uinteger)"


def code_in(text: str, words: list[str]) -> str:
    """A code of the list, null for others; its usual spellings are known without cleaning."""
    gaps = {word: ["_", " ", " - "] if "_" in word else ["_"] for word in words}
    usual = [(word.replace("_", gap).title(), word) for word in words for gap in gaps[word]]
    known = " ".join(f"when '{word}' then '{word}'" for word in words)
    spelled = " ".join(f"when '{spelling}' then '{word}'" for spelling, word in usual)
    return f"case {text} {spelled} {known} else case as_code(trimmed({text})) {known} end end"


def periods_and_people(floor: Floor) -> None:
    """Periods, snapshots, rates and who belonged to which team when."""
    floor.run("""create temp macro snapshot_of(day) as
        (year(day) - year({since})) * 12 + month(day)""")
    floor.temp(
        "snapshots",
        """
        select 0 as snapshot, make_date(year({since}), 1, 1) - 1 as day
        union all
        select snapshot_of(first_day), least(cast(first_day + interval 1 month as date) - 1, {as_of})
        from (
            select cast(unnest(range(date_trunc('year', {since}), {as_of} + interval 1 day, interval 1 month)) as date)
                as first_day
        )
    """,
    )
    floor.temp(
        "periods",
        """
        select
            cast(row_number() over () as integer) as period,
            period_grain, period_start, period_end, period_end <= {as_of} as is_complete,
            least(period_end, {as_of}) as cutoff,
            snapshot_of(period_start) - 1 as opening,
            snapshot_of(least(period_end, {as_of})) as closing
        from (
            select distinct
                period_grain,
                cast(date_trunc(period_grain, day) as date) as period_start,
                cast(date_trunc(period_grain, day) + to_months(months) as date) - 1 as period_end
            from snapshots, (values ('month', 1), ('quarter', 3), ('year', 12)) as grains (period_grain, months)
            where snapshot > 0
        )
        where period_end >= {since}
    """,
    )
    floor.stage("reference/exchange_rates", "rate_date currency rate", "rate > 0")
    floor.temp(
        "rates",
        """
        select currency, rate, short_rate(rate) as short_rate, rate_date as since,
            coalesce(lead(rate_date) over (partition by currency order by rate_date) - 1, date '9999-12-31') as until
        from exchange_rates where currency <> 'TRY'
        union all select 'TRY', 1, 1, date '0001-01-01', date '9999-12-31'
    """,
    )
    floor.temp(
        "first_rates",
        """
        select currency as rated_currency, min(since) as first_rate_on from rates group by currency
    """,
    )

    floor.stage(
        "hr/employees",
        "employee_id termination_date termination_reason",
        "(termination_date is null or termination_date >= hire_date)",
    )
    floor.stage(
        "hr/job_assignments",
        "employee_id department team valid_from valid_to",
        "(valid_to is null or valid_to >= valid_from)",
    )
    floor.stage("crm/users", "user_id employee_id")
    floor.temp(
        "assignments",
        """
        select * from (
            select employee_id, team, department = 'sales' as is_sales, valid_from as since,
                coalesce(least(valid_to, termination_date), date '9999-12-31') as until
            from job_assignments left join employees using (employee_id)
        ) where until >= since
    """,
    )
    # between two days of change nothing about an employee changes
    for name, scope in (("teams", "true"), ("sales_teams", "is_sales")):
        floor.temp(
            name,
            f"""
            with chosen as (select * from assignments where {scope}),
            days_of_change as (
                select employee_id, since from chosen
                union
                select employee_id, until + 1 from chosen where until < date '9999-12-31'
            ),
            stretches as (
                select *, coalesce(lead(since) over (partition by employee_id order by since) - 1, date '9999-12-31')
                    as until
                from days_of_change
            )
            select stretches.*, coalesce(team, 'unassigned') as team
            from stretches inner join chosen
                on stretches.employee_id = chosen.employee_id and stretches.since between chosen.since and chosen.until
            qualify row_number() over (
                partition by stretches.employee_id, stretches.since order by chosen.since desc, team nulls last
            ) = 1
        """,
        )
    floor.temp(
        "people",
        """
        select user_id, users.employee_id, coalesce(team, 'unassigned') as team
        from users left join teams on users.employee_id = teams.employee_id and {as_of} between since and until
    """,
    )
    # dimension values are grouped by their numbers
    floor.names("team_name", "select team from teams union select 'unassigned'")
    floor.names("rep_name", "select user_id from people union select 'unassigned'")
    floor.temp(
        "spells",
        """
        with joined as (
            select employee_id, min(since) as spell_start, max(until) as spell_end
            from (
                select *, sum(case when since - 1 <= reached then 0 else 1 end)
                    over (partition by employee_id order by since) as spell
                from (
                    select *, max(until) over (
                        partition by employee_id order by since rows between unbounded preceding and 1 preceding
                    ) as reached
                    from assignments where is_sales
                )
            ) group by employee_id, spell
        )
        select
            joined.*,
            case when spell_end < {as_of} then spell_end + 1 end as separated_on,
            case when termination_date is distinct from spell_end then 'transfer'
                else coalesce(termination_reason, 'other') end as separation,
            first_teams.team as first_team,
            last_teams.team as last_team
        from joined
        left join employees on joined.employee_id = employees.employee_id
        left join sales_teams as first_teams on joined.employee_id = first_teams.employee_id
            and spell_start between first_teams.since and first_teams.until
        left join sales_teams as last_teams on joined.employee_id = last_teams.employee_id
            and spell_end between last_teams.since and last_teams.until
        where spell_start <= {as_of}
    """,
    )


def customers_and_contracts(floor: Floor) -> None:
    """Contracts with their annual value, and each customer's months."""
    floor.stage("crm/accounts", "account_id segment region owner_user_id")
    floor.names("account_segment", "select segment from accounts union select 'unknown'")
    floor.names("account_region", "select region from accounts union select 'unknown'")
    floor.temp(
        "contracts",
        floor.valid_rows(
            "crm/contracts",
            "contract_id account_id renewed_from_contract_id contract_type status signed_on start_date end_date"
            " cancelled_on total_value text_total_value one_time_fees text_one_time_fees currency",
            "(status <> 'cancelled' or cancelled_on is not null) and (status <> 'expired' or end_date is not null)"
            " and (end_date is null or end_date >= start_date) and total_value >= 0"
            " and (one_time_fees is null or one_time_fees between 0 and total_value)",
            floor.find_suspects("crm/contracts"),
            "inner join first_rates on currency = rated_currency and first_rate_on <= coalesce(signed_on, start_date)",
        ),
    )
    floor.drop_repeated("contracts", "crm/contracts")
    floor.temp(
        "counted_contracts",
        """
        with counted as (
            select
                contract_id, account_id, renewed_from_contract_id, contract_type, start_date, end_date, currency,
                coalesce(signed_on, start_date) as signed,
                least(end_date, case when cancelled_on <= {as_of} then cancelled_on end) as ended_on,
                total_value - coalesce(one_time_fees, 0) as recurring_value,
                short_amount(text_total_value) - short_amount(coalesce(text_one_time_fees, '0')) as short_value,
                cast(round((end_date - start_date + 1) / 30.4375) as integer) as term_months
            from contracts
            where coalesce(signed_on, start_date) <= {as_of} and status not in ('draft', 'void')
                and not coalesce(cancelled_on <= {as_of} and cancelled_on < start_date, false)
        ),
        renewals as (
            select old.contract_id, min(new.start_date) as renewed_on
            from counted as old inner join counted as new
                on new.renewed_from_contract_id = old.contract_id and new.account_id = old.account_id
                    and new.start_date > old.start_date
            group by old.contract_id
        ),
        converted as (
            select
                counted.*,
                case
                    when renewed_on is not null and (ended_on is null or renewed_on - ended_on - 1 <= 30)
                        then renewed_on - 1
                    else coalesce(ended_on, date '9999-12-31')
                end as active_through,
                coalesce(cast(short_value * short_rate as decimal(38, 6)), product(recurring_value, rate)) as value
            from counted
            left join renewals using (contract_id)
            left join rates on counted.currency = rates.currency and signed between rates.since and rates.until
        )
        select
            account_id, contract_type, signed, start_date, active_through,
            case when coalesce(term_months, 0) <= 12 then value else ratio(12 * value, term_months) end as annual_value
        from converted
    """,
    )
    floor.temp(
        "invoices",
        floor.valid_rows(
            "crm/invoices",
            "account_id status paid_on amount text_amount currency",
            "(status <> 'paid' or paid_on is not null)",
            floor.find_suspects("crm/invoices"),
            "inner join first_rates on currency = rated_currency and first_rate_on <= coalesce(paid_on, issued_on)",
        ),
    )
    floor.drop_repeated("invoices", "crm/invoices")
    floor.temp(
        "payments",
        """
        with paid as (
            select account_id, paid_on, amount, currency, short_amount(text_amount) as short_amount
            from invoices where status = 'paid' and paid_on <= {as_of}
        ),
        daily_rates as (
            select days.*, rate, short_rate from (select distinct currency, paid_on from paid) as days
            inner join rates on days.currency = rates.currency and paid_on between since and until
        ),
        converted as (
            select
                account_id, paid.paid_on, short_amount * short_rate as short_value,
                case when short_amount is null or short_rate is null then product(amount, rate) end as long_value,
                case when coalesce(short_amount, amount) >= 0 then paid.paid_on end as charged_on
            from paid
            inner join daily_rates on paid.currency = daily_rates.currency and paid.paid_on = daily_rates.paid_on
        )
        select
            account_id, greatest(snapshot_of(paid_on), 1) as snapshot,
            coalesce(sum(short_value), 0) + coalesce(sum(long_value), 0) as paid, min(charged_on) as first_paid_on
        from converted
        group by all
    """,
    )
    floor.temp(
        "customers",
        """
        select
            cast(row_number() over () as integer) as customer, dealings.*,
            year(became_on) as cohort,
            cast(coalesce(segment, 'unknown') as account_segment) as segment,
            cast(coalesce(region, 'unknown') as account_region) as region,
            cast(coalesce(team, 'unassigned') as team_name) as team,
            cast(coalesce(user_id, 'unassigned') as rep_name) as rep
        from (
            select account_id, min(start_date) as first_start, least(min(start_date), min(first_paid_on)) as became_on
            from (
                select account_id, start_date, null as first_paid_on from counted_contracts
                union all select account_id, null, first_paid_on from payments
            ) group by account_id
        ) as dealings
        left join accounts using (account_id)
        left join people on owner_user_id = user_id
    """,
    )
    floor.temp(
        "active_months",
        """
        select customer, snapshot, count(*) as contracts, sum(annual_value) as annual_value
        from (
            select
                customer, annual_value, greatest(snapshot_of(start_date), 0) as first_snapshot,
                case when active_through >= {as_of} then snapshot_of({as_of})
                    else snapshot_of(active_through + 1) - 1 end as last_snapshot
            from counted_contracts inner join customers using (account_id)
            where start_date <= {as_of}
        ) inner join snapshots on snapshot between first_snapshot and last_snapshot
        group by customer, snapshot
    """,
    )
    floor.temp(
        "reported_customers",
        """
        select account_id, customer, greatest(snapshot_of(became_on), 1) as first_snapshot
        from customers where became_on <= {as_of}
    """,
    )
    # what was paid so far stands from one payment to the next
    floor.temp(
        "paid_months",
        """
        select customer, unnest(range(snapshot, next_snapshot)) as snapshot, paid_to_date
        from (
            select
                *, greatest(changed_at, first_snapshot) as snapshot,
                lead(changed_at, 1, snapshot_of({as_of}) + 1) over (partition by customer order by changed_at)
                    as next_snapshot
            from (
                select customer, snapshot as changed_at, first_snapshot, sum(paid) over (
                    partition by customer order by snapshot rows unbounded preceding
                ) as paid_to_date
                from (
                    select customer, snapshot, first_snapshot, sum(paid) as paid
                    from (
                        select customer, snapshot, first_snapshot, paid
                        from payments inner join reported_customers using (account_id)
                        union all
                        select customer, first_snapshot, first_snapshot, 0 from reported_customers
                    ) group by all
                )
            )
        )
    """,
    )


def leads_and_touches(floor: Floor) -> None:
    """Leads with their outcome, the months in which they were open, and the reps' meetings."""
    floor.stage(
        "crm/leads",
        "lead_id source status owner_user_id created_at disqualified_at converted_account_id"
        " merged_into_lead_id",
        "(status <> 'disqualified' or disqualified_at is not null)",
    )
    floor.names("lead_source", "select source from leads union select 'unknown'")
    # a walk that runs in a circle arrives nowhere: such a lead names itself, unknown to all
    floor.temp(
        "merged_leads",
        """
        with recursive merges as (
            select lead_id, merged_into_lead_id from leads where merged_into_lead_id is not null
        ),
        walks as (
            select lead_id, merged_into_lead_id as arrived_at from merges
            union
            select walks.lead_id, merges.merged_into_lead_id
            from walks inner join merges on walks.arrived_at = merges.lead_id
        ),
        arrivals as (select * from walks anti join merges on walks.arrived_at = merges.lead_id)
        select lead_id, coalesce(arrived_at, lead_id) as survivor from merges left join arrivals using (lead_id)
    """,
    )
    floor.stage(
        "crm/opportunities",
        "opportunity_id lead_id owner_user_id stage created_at closed_at",
        "(stage not in ('closed_won', 'closed_lost') or closed_at is not null)",
    )
    floor.temp(
        "known_opportunities",
        """
        select
            opportunity_id, coalesce(survivor, opportunities.lead_id) as lead_id, employee_id, closed_at as closed_on,
            case when closed_at > {as_of} then 'open' when stage = 'closed_won' then 'won'
                when stage = 'closed_lost' then 'lost' else 'open' end as outcome
        from opportunities
        left join merged_leads on opportunities.lead_id = merged_leads.lead_id
        left join people on owner_user_id = user_id
        where created_at <= {as_of}
    """,
    )
    floor.temp(
        "entered_leads",
        """
        with decisions as (
            select
                lead_id,
                min(closed_on) filter (where outcome = 'won') as won_on,
                case when bool_and(outcome = 'lost') then max(closed_on) end as lost_on
            from known_opportunities where lead_id is not null group by lead_id
        ),
        decided as (
            select
                leads.*, won_on is not null as is_won,
                coalesce(
                    won_on,
                    case when status = 'disqualified' and disqualified_at <= {as_of} then disqualified_at end,
                    lost_on
                ) as decided_on
            from leads left join decisions on leads.lead_id = decisions.lead_id
            where merged_into_lead_id is null and created_at <= {as_of}
        )
        select
            cast(row_number() over () as integer) as lead, lead_id, created_at as entered_on, converted_account_id,
            cast(coalesce(source, 'unknown') as lead_source) as source,
            cast(coalesce(teams.team, 'unassigned') as team_name) as team,
            cast(coalesce(user_id, 'unassigned') as rep_name) as rep,
            case when is_won then 'won' when decided_on is not null then 'lost' else 'open' end as outcome,
            greatest(decided_on, case when decided_on is not null then created_at end) as outcome_on
        from decided
        left join people on owner_user_id = user_id
        left join teams on people.employee_id = teams.employee_id and created_at between since and until
    """,
    )
    # of the touches only those count which an open lead's month end can see
    floor.temp(
        "open_leads",
        """
        select * from (
            select
                lead, lead_id, entered_on, greatest(snapshot_of(entered_on), 1) as first_snapshot,
                case when outcome = 'open' then snapshot_of({as_of}) else snapshot_of(outcome_on) - 1 end
                    as last_snapshot
            from entered_leads
        ) where last_snapshot >= first_snapshot
    """,
    )
    floor.temp(
        "open_lead_names",
        """
        select lead_id as name, lead, entered_on, last_snapshot from open_leads
        union all
        select merged_leads.lead_id, lead, entered_on, last_snapshot
        from merged_leads inner join open_leads on survivor = open_leads.lead_id
    """,
    )
    floor.temp(
        "open_opportunity_names",
        """
        select opportunity_id as name, lead, entered_on, last_snapshot
        from known_opportunities inner join open_leads using (lead_id)
    """,
    )
    floor.temp(
        "sellers",
        """
        select distinct user_id, employee_id from people inner join spells using (employee_id)
    """,
    )
    seen = "day > {0}.entered_on and snapshot_of(day) <= {0}.last_snapshot"
    activities = floor.valid_rows(
        "crm/activities",
        "activity_type status lead_id opportunity_id occurred_at raw_user_id raw_account_id",
        "occurred_at <= {as_of} or is_suspect",
        floor.find_suspects("crm/activities"),
        early="status = 'completed'",
    )
    floor.temp(
        "activities",
        f"""
        select * from (
            select
                activity_id, place_text, occurred_at as day,
                status = 'completed' and occurred_at <= {{as_of}} as is_done,
                case when {seen.format("leads").replace("day", "occurred_at")} then leads.lead end as lead,
                case when {seen.format("opportunities").replace("day", "occurred_at")} then opportunities.lead end
                    as lead_of_opportunity,
                case when coalesce(activities.lead_id, activities.opportunity_id, trimmed(raw_account_id)) is not null
                    then sellers.employee_id end as seller
            from ({activities}) as activities
            left join open_lead_names as leads on activities.lead_id = leads.name
            left join open_opportunity_names as opportunities on activities.opportunity_id = opportunities.name
            left join sellers
                on case when activity_type in ('meeting', 'demo') then clean(raw_user_id) end = sellers.user_id
        )
        where place_text is not null or (is_done and (lead is not null or lead_of_opportunity is not null or seller is not null))
    """,
    )
    floor.drop_repeated("activities", "crm/activities")
    histories = " union all ".join(
        f"""
        select lead, day from (
            select name, day from (
                select {key} as name, changed_at as day from ({floor.valid_rows(table, f"{key} changed_at")})
            ) where day <= {{as_of}}
        ) inner join {names} as names using (name)
        where {seen.format("names")}
    """
        for table, key, names in (
            ("crm/lead_status_history", "lead_id", "open_lead_names"),
            ("crm/opportunity_stage_history", "opportunity_id", "open_opportunity_names"),
        )
    )
    # a row of a history that stands twice touches the same lead on the same day: no need to drop it
    floor.temp(
        "touches",
        f"""
        select lead, greatest(snapshot_of(day), 1) as snapshot, max(day) as day
        from (
            select lead, day from activities where is_done and lead is not null
            union all
            select lead_of_opportunity, day from activities where is_done and lead_of_opportunity is not null
            union all
            {histories}
        )
        group by all
    """,
    )
    floor.temp(
        "open_lead_months",
        """
        select
            months.snapshot, source, team, rep, months.day - months.entered_on as waiting_days,
            months.day - greatest(months.entered_on, last_touched_on) as idle_days
        from (
            select lead, open.snapshot, open.day, entered_on,
                max(touches.day) over (partition by lead order by open.snapshot) as last_touched_on
            from (
                select lead, snapshot, day, entered_on
                from open_leads inner join snapshots on snapshot between first_snapshot and last_snapshot
            ) as open
            left join touches using (lead, snapshot)
        ) as months
        inner join entered_leads using (lead)
    """,
    )


PERIOD = "period_grain, period_start, period_end, is_complete"


def by_dimension(source: str, dimensions: str, keys: str, measures: str) -> str:
    """The measures of the company and of each value of each dimension, for each value of the keys."""
    return " union all ".join(
        f"select {keys}, '{dimension}' as dimension, cast({value} as varchar) as dimension_value, {measures} from {source}"
        f" where {value} is not null group by {keys}, {value}"
        for dimension, value in [("company", "'all'"), *((name, name) for name in dimensions.split())]
    )


def kpi(floor: Floor, name: str, select: str) -> None:
    floor.run(f"create table kpi_{name} as {select}")


def customer_kpis(floor: Floor) -> None:
    """Annual contract value, lifetime value, retention and referrals."""
    floor.temp("active_customers", "select * from active_months inner join customers using (customer)")
    floor.temp(
        "signed_contracts",
        """
        select snapshot_of(signed) as snapshot, contract_type, annual_value, segment, region, team, rep
        from counted_contracts inner join customers using (account_id)
    """,
    )
    values_of_day = by_dimension(
        "active_customers",
        "segment region team rep",
        "snapshot",
        """
        quantile_cont(round(cast(annual_value as double) * 1000000), 0.5) as median_value,
        sum(annual_value) as total, count(*) as customers, sum(contracts) as contracts
    """,
    )
    signed_in_month = by_dimension(
        "signed_contracts",
        "segment region team rep",
        "snapshot",
        """
            coalesce(sum(annual_value) filter (where contract_type = 'new'), 0) as new_acv,
            coalesce(sum(annual_value) filter (where contract_type in ('upsell', 'cross_sell')), 0) as expansion_acv,
            coalesce(sum(annual_value) filter (where contract_type = 'renewal'), 0) as renewal_acv
    """,
    )
    kpi(
        floor,
        "annual_contract_value",
        f"""
        with values_of_day as ({values_of_day}),
        signed_in_month as ({signed_in_month}),
        of_period as (
            select {PERIOD}, dimension, dimension_value, median_value, total, customers, contracts,
                null as new_acv, null as expansion_acv, null as renewal_acv
            from periods inner join values_of_day on snapshot = closing
            union all
            select {PERIOD}, dimension, dimension_value, null, null, null, null, new_acv, expansion_acv, renewal_acv
            from periods inner join signed_in_month on snapshot > opening and snapshot <= closing
            union all
            select {PERIOD}, 'company', 'all', null, null, null, null, null, null, null from periods
        )
        select
            {PERIOD}, dimension, dimension_value,
            ratio(coalesce(sum(total), 0), coalesce(sum(customers), 0)) as acv_per_customer,
            money(max(median_value)) as median_acv_per_customer,
            cast(coalesce(sum(total), 0) as decimal(38, 6)) as total_acv,
            cast(coalesce(sum(customers), 0) as bigint) as active_customers,
            cast(coalesce(sum(contracts), 0) as bigint) as active_contracts,
            cast(coalesce(sum(new_acv), 0) as decimal(38, 6)) as new_acv,
            cast(coalesce(sum(expansion_acv), 0) as decimal(38, 6)) as expansion_acv,
            cast(coalesce(sum(renewal_acv), 0) as decimal(38, 6)) as renewal_acv
        from of_period group by {PERIOD}, dimension, dimension_value
    """,
    )
    floor.temp(
        "paying_customers",
        """
        select snapshot, paid_to_date, segment, region, cohort from paid_months inner join customers using (customer)
    """,
    )
    values_of_day = by_dimension(
        "paying_customers",
        "segment region cohort",
        "snapshot",
        """
        quantile_cont(round(cast(paid_to_date as double) * 1000000), [0.5, 0.9]) as percentiles,
            sum(paid_to_date) as total, count(*) as customers
    """,
    )
    kpi(
        floor,
        "customer_lifetime_value",
        f"""
        with values_of_day as ({values_of_day})
        select
            {PERIOD}, coalesce(dimension, 'company') as dimension, coalesce(dimension_value, 'all') as dimension_value,
            ratio(total, customers) as average_clv,
            money(percentiles[1]) as median_clv,
            money(percentiles[2]) as p90_clv,
            cast(coalesce(total, 0) as decimal(38, 6)) as total_spend,
            coalesce(customers, 0) as customers
        from periods left join values_of_day on snapshot = closing
    """,
    )
    floor.temp(
        "customers_at_both_ends",
        """
        select period, segment, region, team, start_value, end_value, first_start >= period_start as is_new
        from (
            select period, customer, annual_value as start_value
            from periods inner join active_months on snapshot = opening
        ) as starts
        full join (
            select period, customer, annual_value as end_value
            from periods inner join active_months on snapshot = closing
        ) as ends using (period, customer)
        inner join customers using (customer)
        inner join periods using (period)
    """,
    )
    counted = by_dimension(
        "customers_at_both_ends",
        "segment region team",
        "period",
        """
            count(start_value) as customers_start,
            count(*) filter (where start_value is not null and end_value is not null) as retained_customers,
            count(*) filter (where start_value is null and is_new) as new_customers,
            count(*) filter (where start_value is null and not is_new) as reactivated_customers,
            count(end_value) as customers_end,
            sum(least(start_value, coalesce(end_value, 0))) filter (where start_value is not null) as kept,
            sum(end_value) filter (where start_value is not null) as value_at_end,
            sum(start_value) as value_at_start
    """,
    )
    kpi(
        floor,
        "customer_retention",
        f"""
        with counted as ({counted}),
        complete as (
            from counted
            union all by name
            select period, 'company' as dimension, 'all' as dimension_value, 0 as customers_start,
                0 as retained_customers, 0 as new_customers, 0 as reactivated_customers, 0 as customers_end
            from periods anti join counted using (period)
        )
        select
            {PERIOD}, dimension, dimension_value, ratio(retained_customers, customers_start) as customer_retention_rate,
            customers_start, retained_customers, customers_start - retained_customers as churned_customers,
            new_customers, reactivated_customers, customers_end,
            ratio(kept, value_at_start) as gross_revenue_retention,
            ratio(coalesce(value_at_end, 0), value_at_start) as net_revenue_retention
        from complete inner join periods using (period)
    """,
    )
    floor.stage("crm/referrals", "referral_id referring_account_id referred_lead_id referred_on")
    floor.temp(
        "counted_referrals",
        """
        with made as (
            select referral_id, referring_account_id as account_id, referred_on,
                coalesce(survivor, referred_lead_id) as lead_id
            from referrals left join merged_leads on referred_lead_id = merged_leads.lead_id
            where referred_on <= {as_of}
        )
        select account_id, referred_on, coalesce(outcome = 'won', false) as is_won
        from made
        semi join counted_contracts on made.account_id = counted_contracts.account_id
            and referred_on between start_date and active_through
        left join entered_leads on made.lead_id = entered_leads.lead_id
        where converted_account_id is distinct from made.account_id
        qualify row_number() over (partition by made.lead_id order by referred_on, referral_id) = 1
    """,
    )
    floor.temp(
        "referrals_of_period",
        f"""
        select {PERIOD}, account_id, is_won, segment, region
        from periods inner join counted_referrals on referred_on between period_start and cutoff
        inner join customers using (account_id)
    """,
    )
    customers_of_day = by_dimension("active_customers", "segment region", "snapshot", "count(*) as customers")
    made = by_dimension(
        "referrals_of_period",
        "segment region",
        PERIOD,
        """
        count(*) as referrals, count(distinct account_id) as referring_customers,
        count(*) filter (where is_won) as won_referrals
    """,
    )
    kpi(
        floor,
        "customer_referrals",
        f"""
        with made as ({made}),
        complete as (
            from made
            union all
            select {PERIOD}, 'company', 'all', 0, 0, 0 from periods anti join made using (period_grain, period_start)
        )
        select
            period_grain, period_start, complete.period_end, complete.is_complete,
            complete.dimension, complete.dimension_value, referrals, referring_customers, won_referrals,
            ratio(won_referrals, referrals) as referral_conversion_rate,
            ratio(100 * referrals, customers) as referrals_per_100_customers
        from complete
        inner join periods using (period_grain, period_start)
        left join ({customers_of_day}) as customers_of_day
            on closing = snapshot and complete.dimension = customers_of_day.dimension
                and complete.dimension_value = customers_of_day.dimension_value
    """,
    )


def lead_kpis(floor: Floor) -> None:
    """New leads, waiting time and conversion."""
    floor.temp(
        "lead_events",
        """
        select snapshot_of(entered_on) as snapshot, source, team, rep, outcome as entered_outcome,
            case when outcome = 'won' then outcome_on - entered_on end as days_to_win, null as closed_outcome
        from entered_leads
        union all
        select snapshot_of(outcome_on), source, team, rep, null, null, outcome
        from entered_leads where outcome <> 'open'
    """,
    )
    leads_of_month = by_dimension(
        "lead_events",
        "source team rep",
        "snapshot",
        """
        count(entered_outcome) as entered,
        count(*) filter (where entered_outcome = 'won') as won,
        count(*) filter (where entered_outcome = 'lost') as lost,
        count(*) filter (where days_to_win <= 90) as won_in_window,
        sum(days_to_win) as days_to_win,
        count(*) filter (where closed_outcome = 'won') as closed_won,
        count(closed_outcome) as closed
    """,
    )
    floor.temp(
        "lead_counts",
        f"""
        select
            {PERIOD}, coalesce(dimension, 'company') as dimension, coalesce(dimension_value, 'all') as dimension_value,
            coalesce(sum(entered), 0) as entered, coalesce(sum(won), 0) as won, coalesce(sum(lost), 0) as lost,
            sum(won_in_window) as won_in_window, sum(days_to_win) as days_to_win,
            sum(closed_won) as closed_won, sum(closed) as closed
        from periods left join ({leads_of_month}) as leads_of_month on snapshot > opening and snapshot <= closing
        group by all
    """,
    )
    kpi(
        floor,
        "new_pipeline_leads",
        f"""
        select {PERIOD}, dimension, dimension_value, cast(entered as bigint) as new_leads
        from lead_counts where entered > 0 or dimension = 'company'
    """,
    )
    kpi(
        floor,
        "lead_conversion_rate",
        f"""
        select
            {PERIOD}, dimension, dimension_value, ratio(won, entered) as conversion_rate,
            cast(entered as bigint) as entered_leads, cast(won as bigint) as won_leads,
            cast(lost as bigint) as lost_leads, cast(entered - won - lost as bigint) as open_leads,
            case when period_end + 90 <= {{as_of}} then ratio(won_in_window, entered) end as conversion_rate_in_window,
            ratio(days_to_win, won) as average_days_to_win,
            ratio(closed_won, closed) as win_rate
        from lead_counts
    """,
    )
    times_of_day = by_dimension(
        "open_lead_months",
        "source team rep",
        "snapshot",
        """
        sum(waiting_days) as waiting_days, quantile_cont(waiting_days, [0.5, 0.9]) as percentiles,
        sum(idle_days) as idle_days,
        count(*) filter (where idle_days > 30) as stale_leads, count(*) as open_leads
    """,
    )
    kpi(
        floor,
        "lead_waiting_time",
        f"""
        select
            {PERIOD}, coalesce(dimension, 'company') as dimension, coalesce(dimension_value, 'all') as dimension_value,
            ratio(waiting_days, open_leads) as average_waiting_days,
            cast(percentiles[1] as decimal(18, 6)) as median_waiting_days,
            cast(percentiles[2] as decimal(18, 6)) as p90_waiting_days,
            ratio(idle_days, open_leads) as average_idle_days,
            coalesce(stale_leads, 0) as stale_leads, coalesce(open_leads, 0) as open_leads
        from periods left join ({times_of_day}) as times_of_day on snapshot = closing
    """,
    )


def team_kpis(floor: Floor) -> None:
    """Retention of the sales team, and how its new people ramp up."""
    floor.temp(
        "sales_people",
        f"""
        with present as (
            select {PERIOD}, sales_teams.employee_id, sales_teams.team, day = cutoff as is_at_end,
                day - spell_start as tenure_days
            from (select *, unnest([period_start - 1, cutoff]) as day from periods) as ends
            inner join sales_teams on day between since and until
            inner join spells on sales_teams.employee_id = spells.employee_id and day between spell_start and spell_end
        )
        select {PERIOD}, team, 'start' as event, null as tenure_days,
            exists (
                from present as later where later.is_at_end and later.employee_id = present.employee_id
                    and later.period_grain = present.period_grain and later.period_start = present.period_start
            ) as is_retained
        from present where not is_at_end
        union all
        select {PERIOD}, team, 'end', tenure_days, null from present where is_at_end
        union all
        select {PERIOD}, first_team, 'joined', null, null
        from periods inner join spells on spell_start between period_start and cutoff
        union all
        select {PERIOD}, last_team, separation, null, null
        from periods inner join spells on separated_on between period_start and cutoff
    """,
    )
    counted = by_dimension(
        "sales_people",
        "team",
        PERIOD,
        """
        count(*) filter (where event = 'start') as headcount_start,
        count(*) filter (where is_retained) as retained_headcount,
        count(*) filter (where event = 'joined') as joiners,
        count(*) filter (where event not in ('start', 'end', 'joined')) as separations,
        count(*) filter (where event = 'voluntary') as voluntary_separations,
        count(*) filter (where event = 'involuntary') as involuntary_separations,
        count(*) filter (where event = 'transfer') as transfers_out,
        count(*) filter (where event = 'end') as headcount_end,
        sum(tenure_days) as tenure_days
    """,
    )
    kpi(
        floor,
        "sales_team_retention",
        f"""
        with counted as ({counted}),
        complete as (
            from counted
            union all
            select {PERIOD}, 'company', 'all', 0, 0, 0, 0, 0, 0, 0, 0, null
            from periods anti join counted using (period_grain, period_start)
        )
        select
            {PERIOD}, dimension, dimension_value, ratio(retained_headcount, headcount_start) as sales_retention_rate,
            headcount_start, retained_headcount, joiners, separations, voluntary_separations, involuntary_separations,
            transfers_out, headcount_end,
            ratio(tenure_days, 30.4375 * headcount_end) as average_tenure_months,
            ratio(2 * separations, headcount_start + headcount_end) as turnover_rate
        from complete
    """,
    )
    floor.temp(
        "ramp_ups",
        """
        with meetings as (select distinct seller, day from activities where is_done and seller is not null),
        first_meetings as (
            select employee_id, spell_start, min(day) as first_meeting_on
            from spells inner join meetings on employee_id = seller and day between spell_start and spell_end
            group by all
        ),
        first_wins as (
            select spells.employee_id, spell_start, min(closed_on) as first_win_on
            from spells inner join known_opportunities as won
                on spells.employee_id = won.employee_id and closed_on between spell_start and spell_end
            where outcome = 'won'
            group by all
        )
        select spell_start, first_team as team, first_meeting_on - spell_start as days_to_ramp_up,
            first_win_on - spell_start as days_to_first_win,
            first_meeting_on is null and spell_end < {as_of} as has_left
        from spells
        left join first_meetings using (employee_id, spell_start)
        left join first_wins using (employee_id, spell_start)
    """,
    )
    floor.temp(
        "new_reps",
        f"""
        select {PERIOD}, ramp_ups.* from periods inner join ramp_ups on spell_start between period_start and cutoff
    """,
    )
    counted = by_dimension(
        "new_reps",
        "team",
        PERIOD,
        """
        count(*) as new_reps, count(days_to_ramp_up) as ramped_reps,
        count(*) filter (where has_left) as left_before_ramp_reps,
        sum(days_to_ramp_up) as days_to_ramp_up, quantile_cont(days_to_ramp_up, 0.5) as median_days,
        sum(days_to_first_win) as days_to_first_win, count(days_to_first_win) as reps_with_a_win
    """,
    )
    kpi(
        floor,
        "rep_ramp_up_time",
        f"""
        with counted as ({counted}),
        complete as (
            from counted
            union all
            select {PERIOD}, 'company', 'all', 0, 0, 0, null, null, null, 0
            from periods anti join counted using (period_grain, period_start)
        )
        select
            {PERIOD}, dimension, dimension_value, ratio(days_to_ramp_up, ramped_reps) as average_ramp_up_days,
            cast(median_days as decimal(18, 6)) as median_ramp_up_days,
            new_reps, ramped_reps, left_before_ramp_reps, new_reps - ramped_reps - left_before_ramp_reps as ramping_reps,
            ratio(days_to_first_win, reps_with_a_win) as average_days_to_first_win
        from complete
    """,
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("inputs", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--format", choices=["csv", "parquet"], default="csv")
    parser.add_argument("--memory-limit", default="4GB")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--as-of-date", required=True)
    parser.add_argument("--reporting-start-date", required=True)
    parser.add_argument("--times", action="store_true", help="print what each statement took")
    options = parser.parse_args()
    options.output.unlink(missing_ok=True)

    floor = Floor(options.inputs, options.output, options)
    for part in (
        periods_and_people,
        customers_and_contracts,
        leads_and_touches,
        customer_kpis,
        lead_kpis,
        team_kpis,
    ):
        part(floor)
    floor.connection.close()
    if options.times:
        for seconds, statement in floor.seconds:
            print(f"{seconds:6.2f}  {statement}")


if __name__ == "__main__":
    main()
