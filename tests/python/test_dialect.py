"""DuckDB's quick ways give what the plain ones give: they exist for speed alone. And a double keeps its digits."""

import random
from decimal import ROUND_HALF_UP, Decimal, localcontext
from types import SimpleNamespace

import duckdb
import pytest

from mutation.formulas import rendered

#: ordinary amounts, more digits than a millionth, ties, beyond a double's 53 bits, no value
AMOUNTS = """
    select cast(sign * amount as decimal(28, 12)) as amount
    from (values (1), (-1)) as signs (sign)
    cross join (
        select unnest([
            0, 0.000001, 0.000000000001, 0.0000005, 0.5, 1, 1.5, 2.25, 7, 10.01, 19.99, 33.333333, 99.999999,
            0.1234567, 123456.789012345678, 9007199254.740993, 9223372036854.775807, 999999999999999.999999, null
        ]) as amount
        union all
        select (hash(range) % 100000000000) * 0.01 from range(300)
    )
"""
RATES = """
    select cast(rate as decimal(28, 12)) as rate
    from (select unnest([
        0.000000000001, 0.0000004, 0.000001, 0.000003, 0.25, 0.333333, 0.5, 1, 1.5, 3, 7, 33.4512, 36.123456, 1.1234567,
        99.9999, 1000003, 123456789.123456
    ]) as rate)
"""


@pytest.fixture
def connection():
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        yield connection


def test_converting_by_estimate_is_converting_by_division(connection):
    arguments = "('amount', 'own.rate', 'other.rate')"
    different = connection.execute(f"""
        select *
        from (
            select
                amount, own.rate as own_rate, other.rate as other_rate,
                -- what does not fit is an error of the plain way
                try({rendered("convert_amount" + arguments)}) as quick,
                try({rendered("default__convert_amount" + arguments)}) as plain
            from ({AMOUNTS}) as amounts
            cross join ({RATES}) as own
            cross join ({RATES}) as other
        )
        where quick <> plain or quick is null and plain is not null
    """).fetchall()
    assert different == []


def test_dividing_by_estimate_is_dividing_whole_numbers(connection):
    arguments = "('dividend', 'divisor')"
    different = connection.execute(f"""
        select dividend, divisor, quick, plain
        from (
            select
                dividend, divisor,
                {rendered("divide" + arguments)} as quick,
                {rendered("default__divide" + arguments)} as plain
            from (select distinct cast(round(amount, 6) as decimal(28, 6)) as dividend from ({AMOUNTS}))
            cross join (
                select cast(round(rate, 6) as decimal(28, 6)) as divisor from ({RATES})
                union all
                select unnest([0, 2, 16, 64, 685, 1000, null])
            )
        )
        where quick is distinct from plain
    """).fetchall()
    assert different == []


def test_the_quick_way_is_taken(connection):
    """A check that always failed would leave the plain way alone, and nobody would see it."""
    text = rendered("checked_quotient('amount', 'own', 'other', 'null')")
    (taken,) = connection.execute(
        f"select {text} from (select 19.99 as amount, 36.1234 as own, 1.5 as other)"
    ).fetchone()
    assert str(taken) == "481.404511"


@pytest.mark.parametrize(
    "zone",
    [
        "Europe/Istanbul", "America/New_York", "America/Havana", "Asia/Kathmandu", "Australia/Lord_Howe",
        "Pacific/Apia", "Pacific/Chatham", "Africa/Casablanca", "Asia/Pyongyang", "UTC",
    ],
)  # fmt: skip
def test_a_date_by_offset_is_the_date_by_the_calendar(connection, zone):
    """Every quarter of an hour from 2015 to 2030, a second before it, and the edges of what there is."""
    names = {
        "setting": lambda name: zone,
        "run_query": lambda text: SimpleNamespace(rows=connection.execute(text).fetchall()),
    }
    different = connection.execute(f"""
        select moment, quick, plain
        from (
            select
                moment,
                {rendered("business_date('moment')", **names)} as quick,
                {rendered("default__business_date('moment')", **names)} as plain
            from (
                select quarter - to_seconds(early) as moment
                from range(timestamp '2015-01-01', timestamp '2030-01-01', interval 15 minute) as quarters (quarter)
                cross join (values (0), (1)) as seconds (early)
                union all
                select unnest([timestamp '1900-01-01', timestamp '1978-06-29 21:30', timestamp '2100-12-31 23:59:59', null])
            )
        )
        where quick is distinct from plain
    """).fetchall()
    assert different == []


def text_of_numbers(connection, data_type: str, numbers: list) -> list[str]:
    text = rendered("double_text('number')", dbt=SimpleNamespace(type_string=lambda: "varchar"))
    return [
        row[0]
        for row in connection.execute(
            f"select {text} from (select unnest(cast(? as {data_type}[])) as number)", [numbers]
        ).fetchall()
    ]


def test_a_double_keeps_its_digits_on_the_way_to_text(connection):
    """Python's shortest text of a double is the judge: a cast to a decimal multiplies in binary."""
    generator = random.Random(7)
    numbers = [12345678901234.56, -12345678901234.56, 0.1, 0.30000000000000004, 1e-7, 2.5e-12, 4.9e-13, 1e22, 9.9e25]
    numbers += [round(generator.uniform(0, 10 ** generator.uniform(0, 16)), 2) for _ in range(5000)]
    numbers += [generator.uniform(-1, 1) * 10 ** generator.uniform(-14, 25) for _ in range(5000)]
    with localcontext(prec=60):
        expected = [
            format(Decimal(repr(number)).quantize(Decimal("1e-12"), ROUND_HALF_UP) + 0, "f") for number in numbers
        ]
    built = text_of_numbers(connection, "double", numbers)
    assert [(given, got) for given, got, wanted in zip(numbers, built, expected) if got != wanted] == []


def test_a_real_keeps_its_own_digits_not_those_of_a_double(connection):
    numbers = [0.1, 250000.75, 16777217, -3.3333333, 1e-7, 1.2345679e14]
    assert text_of_numbers(connection, "real", numbers) == [
        "0.100000000000", "250000.750000000000", "16777216.000000000000", "-3.333333300000",
        "0.000000100000", "123456790000000.000000000000",
    ]  # fmt: skip


def test_what_is_no_number_or_too_large_keeps_its_own_text(connection):
    numbers = [float("nan"), float("inf"), -float("inf"), 1.2e26, -1e300, None]
    assert text_of_numbers(connection, "double", numbers) == ["nan", "inf", "-inf", "1.2e+26", "-1e+300", None]
