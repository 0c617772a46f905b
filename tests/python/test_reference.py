"""The reference implementation against numbers that were worked out by hand."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from tests.python.reference import (
    TABLES,
    InputError,
    Settings,
    SettingsError,
    compute,
    read_folder,
)
from tests.python.reference.__main__ import as_text  # noqa: E402
from tests.python.reference.cleaning import clean_code  # noqa: E402
from tests.python.reference.inputs import parse_date, parse_number, parse_stamp  # noqa: E402
from tests.python.reference.scorecard import status  # noqa: E402
from tests.python.reference.shared_rules import percentile, reporting_periods  # noqa: E402

ISTANBUL = ZoneInfo("Europe/Istanbul")


def settings(**changes):
    values = {"as_of_date": date(2025, 11, 17), "reporting_start_date": date(2025, 1, 1)}
    return Settings(**{**values, **changes})


def rows(text):
    """Raw rows from a small table: a line of column names, then a line for each row, - for nothing."""
    header, *lines = (line.split() for line in text.strip().splitlines())
    return [dict(zip(header, ["" if v == "-" else v for v in line])) for line in lines]


def row_of(result, kpi, start, grain="month", dimension="company", value="all"):
    key = (grain, date.fromisoformat(start), dimension, value)
    names = ("period_grain", "period_start", "dimension", "dimension_value")
    found = [row for row in result.kpis[kpi] if tuple(row[name] for name in names) == key]
    assert len(found) <= 1
    return found[0] if found else None


# Section 1 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text, instant, day",
    [
        ("2024-12-31T21:00:00Z", datetime(2024, 12, 31, 21), date(2025, 1, 1)),
        (
            "2024-12-31 20:59:59.1234569",
            datetime(2024, 12, 31, 20, 59, 59, 123456),
            date(2024, 12, 31),
        ),
        ("2025-01-01T00:30+0300", datetime(2024, 12, 31, 21, 30), date(2025, 1, 1)),
        ("2025-01-01 01:00:00-05", datetime(2025, 1, 1, 6), date(2025, 1, 1)),
        ("2025-01-01", datetime(2024, 12, 31, 21), date(2025, 1, 1)),
        # Istanbul was two hours ahead of UTC in the winter of 2016 and three in its summer.
        ("2016-01-31T22:30:00Z", datetime(2016, 1, 31, 22, 30), date(2016, 2, 1)),
        ("2016-01-31T21:30:00Z", datetime(2016, 1, 31, 21, 30), date(2016, 1, 31)),
    ],
)
def test_stamps(text, instant, day):
    assert parse_stamp(text, ISTANBUL) == (instant, day)


def test_never_is_blank():
    assert parse_date("9999-12-31") is None
    assert parse_stamp("9999-01-01T00:00:00Z", ISTANBUL) is None


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30",
        "1899-12-31",
        "9999-02-30",
        "2025-1-01",
        "2025-01-01T24:00",
        "2025-01-01T10",
        "2025-01-01  10:00",
        "2025-01-01T10:00 Z",
        "2025-01-01Z",
        "2025-01-01T10:00:00+14:01",
        "2025-01-01t10:00",
        "2025-01-01T10:00:00.",
        "9999-12-31T25:00",
        "yesterday",
    ],
)
def test_what_is_no_stamp(text):
    with pytest.raises(ValueError):
        parse_stamp(text, ISTANBUL)


@pytest.mark.parametrize(
    "text", ["0,5", "1e3", "inf", "0x10", "1_000", ".", "-", "1234567890123456"]
)
def test_what_is_no_number(text):
    with pytest.raises(ValueError):
        parse_number(text)


def test_numbers_and_codes():
    assert [parse_number(text) for text in (".5", "-5.", "+007.10")] == [
        Decimal("0.5"),
        Decimal("-5"),
        Decimal("7.1"),
    ]
    assert clean_code("\u00a0Closed - Won\t") == "closed_won"
    assert clean_code("\u0130PTAL I\u0131") == "iptal_i\u0131"


def test_reasons_of_rejected_rows():
    contracts = rows("""
        contract_id account_id contract_type status    start_date end_date   total_value one_time_fees currency
        C1          A1         new           cancelled 2025-01-02 2025-01-01 -5          3             TRY
        C2          -          renewal       expired   31.01.2025 -          10          -             TRY
        C3          A1         new           active    2025-01-01 -          10          -             USD
        C4          A1         new           expired   2025-01-01 2026-02-30 10          -             TRY
    """)
    result = compute({"crm.contracts": contracts}, settings())
    assert {row["row_key"]: row["reasons"] for row in result.rejected} == {
        "C1": "end_before_start,missing_cancelled_on,negative_total_value,one_time_fees_exceed_total",
        "C2": "invalid_start_date,missing_account_id,missing_end_date",
        "C3": "no_exchange_rate",
        "C4": "invalid_end_date",
    }


def test_one_row_is_kept_for_a_key():
    users = [
        {"user_id": " U1", "full_name": "b"},
        {"user_id": "U1", "full_name": "a "},
        {"user_id": "U1", "full_name": "a b"},
    ]
    accounts = rows("""
        account_id account_name updated_at
        A1         z            2025-01-01T02:00+03:00
        A1         a            2024-12-31T22:59:59Z
        A1         b            2024-12-31T23:00:00Z
        A1         c            -
    """)
    result = compute({"crm.users": users, "crm.accounts": accounts}, settings())
    # Joined by |, "U1|a b||" comes before "U1|a||": a space is a smaller code point than a bar.
    assert [row["full_name"] for row in result.staged["crm.users"]] == ["a b"]
    # 02:00 at +03:00 is 23:00 UTC: a tie, and b comes before z.
    assert [row["account_name"] for row in result.staged["crm.accounts"]] == ["b"]
    assert [row["row_key"] for row in result.rejected] == ["A1", "A1", "A1", " U1", "U1"]


def write_inputs(folder, **contents):
    """Header-only seeds, with other contents for some of them (crm_users=b'...')."""
    for table, columns in TABLES.items():
        system, name = table.split(".")
        header = ",".join(column.name for column in columns) + "\n"
        path = folder / system / f"raw_{system}__{name}.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(contents.get(f"{system}_{name}", header.encode()))


def test_reading(tmp_path):
    users = (
        b"\xef\xbb\xbfemail, user_id ,full_name,employee_id,extra\r\n\r\n"
        b'e,U1,"a ""b""\r\nc",E1,x\r\ne,U2,too few\n"",U3,,,'
    )
    write_inputs(tmp_path, crm_users=users)
    result = compute(read_folder(tmp_path), settings())
    assert [(row["user_id"], row["full_name"]) for row in result.staged["crm.users"]] == [
        ("U1", 'a "b"\r\nc'),
        ("U3", None),
    ]
    assert [tuple(row.values()) for row in result.rejected] == [
        ("crm.users", "U2", "wrong_field_count", '["e", "U2", "too few"]'),
    ]


def test_a_line_of_white_space_is_a_row_of_one_field(tmp_path):
    users = b"user_id,full_name,email,employee_id\nU1,a,,\n \t\n\nU2,b,,\n\xc2\xa0"
    write_inputs(tmp_path, crm_users=users)
    result = compute(read_folder(tmp_path), settings())
    assert [row["user_id"] for row in result.staged["crm.users"]] == ["U1", "U2"]
    assert [tuple(row.values()) for row in result.rejected] == [
        ("crm.users", " \t", "wrong_field_count", '[" \\t"]'),
        ("crm.users", "\u00a0", "wrong_field_count", '["\u00a0"]'),
    ]


@pytest.mark.parametrize(
    "content, message",
    [
        (b"", "is empty"),
        (b" \nuser_id,full_name,email,employee_id\n", "has no column user_id"),
        (b"user_id,full_name,email\n", "has no column employee_id"),
        (b"user_id,full_name,email,employee_id,Email\n", "twice"),
        (b'user_id,full_name,email,employee_id\nU1,a,b,c\nU2,a"b,c,d\n', "line 3"),
        (b'user_id,full_name,email,employee_id\nU1,"a,b,c\n', "line 2"),
        (b"user_id,full_name,email,employee_id\nU1,\xfe,b,c\n", "byte 39"),
    ],
)
def test_files_that_are_refused(tmp_path, content, message):
    write_inputs(tmp_path, crm_users=content)
    with pytest.raises(InputError, match=message):
        read_folder(tmp_path)


# Section 2 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name, text",
    [
        ("fiscal_year_start_month", "13"),
        ("renewal_grace_days", "-1"),
        ("stale_after_days", "1_0"),
        ("customer_meeting_types", "meeting,lunch"),
        ("business_timezone", "Europe/Istambul"),
        ("sales_departments", ""),
        ("as_of_dat", "2025-01-01"),
        ("as_of_date", "2025-02-30"),
        ("reporting_start_date", "2025-11-18"),
    ],
)
def test_settings_that_are_refused(name, text):
    with pytest.raises(SettingsError, match=f"^{name}:"):
        Settings.from_texts({"as_of_date": "2025-11-17", name: text})


def test_default_reporting_start_is_two_fiscal_years_back():
    april = Settings(as_of_date=date(2025, 3, 31), fiscal_year_start_month=4)
    assert april.reporting_start_date == date(2022, 4, 1)


# Section 3 ---------------------------------------------------------------------------------------


def test_periods_of_a_fiscal_year_from_april():
    april = settings(
        as_of_date=date(2025, 5, 10),
        reporting_start_date=date(2025, 2, 15),
        fiscal_year_start_month=4,
    )
    assert [
        (p.grain, str(p.start), str(p.end), p.is_complete) for p in reporting_periods(april)
    ] == [
        ("month", "2025-02-01", "2025-02-28", True),
        ("month", "2025-03-01", "2025-03-31", True),
        ("month", "2025-04-01", "2025-04-30", True),
        ("month", "2025-05-01", "2025-05-31", False),
        ("quarter", "2025-01-01", "2025-03-31", True),
        ("quarter", "2025-04-01", "2025-06-30", False),
        ("year", "2024-04-01", "2025-03-31", True),
        ("year", "2025-04-01", "2026-03-31", False),
    ]
    targets = rows("""
        kpi                period_grain period_start target
        new_pipeline_leads year         2025-04-01   9
        new_pipeline_leads year         2025-01-01   9
        new_pipeline_leads quarter      2025-02-01   9
    """)
    result = compute({"reference.kpi_targets": targets}, april)
    assert [row["reasons"] for row in result.rejected] == ["no_such_period"] * 2
    statuses = [row["status"] for row in result.scorecard if row["target_value"] == 9]
    assert statuses == ["off_target"]


def test_amounts_in_a_reporting_currency_that_is_not_the_base():
    tables = {
        "reference.exchange_rates": rows("""
            rate_date  currency rate
            2025-01-10 USD      32
            2025-02-01 USD      40
            2025-01-10 EUR      48
            2025-01-01 TRY      7
        """),
        # Jan 10: EUR 200 = 200 x 48 / 32 = USD 300. Jan 31: TRY 3200 = USD 100. Feb 1: TRY 3200 = USD 80.
        # Jan 1 has no rates: USD 50 needs none, TRY 1 needs that of USD.
        "crm.invoices": rows("""
            invoice_id account_id status issued_on  paid_on    amount currency
            I1         A1         paid   2025-01-01 2025-01-10 200    eur
            I2         A1         paid   2025-01-01 2025-01-31 3200   TRY
            I3         A1         paid   2025-01-01 2025-02-01 3200   TRY
            I4         A1         paid   2025-01-01 2025-01-01 50     USD
            I5         A1         void   2025-01-01 -          1      TRY
        """),
    }
    result = compute(tables, settings(reporting_currency="usd"))
    assert row_of(result, "kpi_customer_lifetime_value", "2025-01-01")["total_spend"] == 450
    assert row_of(result, "kpi_customer_lifetime_value", "2025-02-01")["total_spend"] == 530
    assert [(row["row_key"], row["reasons"]) for row in result.rejected] == [
        ("I5", "no_exchange_rate")
    ]


@pytest.mark.parametrize(
    "renewal_start, retained", [("2025-03-30", 1), ("2025-03-31", 1), ("2025-04-01", 0)]
)
def test_gap_before_a_renewal(renewal_start, retained):
    """The first contract ends on 28 February: 29, 30 and 31 full days until the renewal starts."""
    contracts = rows(f"""
        contract_id account_id renewed_from_contract_id contract_type status start_date      end_date   total_value currency
        C1          A1         -                        new           active 2024-03-01      2025-02-28 1200        TRY
        C2          A1         C1                       renewal       active {renewal_start} 2026-03-01 900         TRY
    """)
    result = compute({"crm.contracts": contracts}, settings())
    march = row_of(result, "kpi_customer_retention", "2025-03-01")
    assert (march["customers_start"], march["retained_customers"]) == (1, retained)
    april = row_of(result, "kpi_customer_retention", "2025-04-01")
    assert april["reactivated_customers"] == 1 - retained
    assert april["new_customers"] == 0


def test_annual_value_and_revenue_retention():
    contracts = rows("""
        contract_id account_id contract_type status    signed_on  start_date end_date   cancelled_on total_value one_time_fees currency
        C1          A1         new           active    2024-01-01 2024-01-01 2025-06-30 -            1900        100           TRY
        C2          A2         new           active    2024-12-20 2024-12-20 2025-03-19 -            900         -             TRY
        C3          A2         upsell        active    2025-02-01 2025-02-10 -          -            500         20            TRY
        C4          A3         new           cancelled 2024-12-01 2024-12-01 -          2025-01-20   300         -             TRY
        C5          A4         new           cancelled 2025-01-05 2025-01-10 -          2025-01-09   700         -             TRY
        C6          A5         new           cancelled 2025-01-05 2025-01-10 -          2025-11-18   240         -             TRY
    """)
    result = compute({"crm.contracts": contracts}, settings())
    # C1 is 547 days, 18 months: 1800 x 12 / 18. C2 is shorter than a year. C5 never counts. C6 is
    # cancelled on the day after as_of_date, so it is active still.
    january = row_of(result, "kpi_annual_contract_value", "2025-01-01")
    assert (january["total_acv"], january["active_customers"]) == (1200 + 900 + 240, 3)
    assert (january["new_acv"], january["median_acv_per_customer"]) == (240, 900)
    november = row_of(result, "kpi_annual_contract_value", "2025-11-01")
    assert (november["total_acv"], november["active_contracts"]) == (480 + 240, 2)
    quarter = row_of(result, "kpi_customer_retention", "2025-01-01", grain="quarter")
    # Start: A1 1200, A2 900, A3 300. Cutoff, 31 March: A1 1200, A2 480, A5 240.
    assert quarter["customer_retention_rate"] == Fraction(2, 3)
    assert quarter["gross_revenue_retention"] == Fraction(1680, 2400)
    february = row_of(result, "kpi_customer_retention", "2025-02-01")
    # A2 grows from 900 to 1380, next to A1 and A5.
    assert february["gross_revenue_retention"] == 1
    assert february["net_revenue_retention"] == Fraction(1200 + 1380 + 240, 2340)


def test_percentiles_are_interpolated():
    values = [10, 100, 40, 20]
    assert percentile(values, Fraction(1, 2)) == 30
    assert percentile(values, Fraction(9, 10)) == 82
    assert percentile([], Fraction(1, 2)) is None


def test_leads_merges_and_outcomes():
    leads = rows("""
        lead_id source status       created_at           disqualified_at merged_into_lead_id
        L1      Web    converted    2025-01-31T21:00:00Z -               -
        L2      web    new          2025-01-05           -               L1
        L3      -      disqualified 2025-02-10           2025-02-03      -
        L4      -      new          2025-02-01           -               L5
        L5      -      new          2025-02-01           -               L4
        L6      Event  disqualified 2025-02-01           2025-11-18      -
        L7      Event  working      2025-02-01           -               -
    """)
    opportunities = rows("""
        opportunity_id lead_id opportunity_type stage       created_at closed_at
        O1             L2      new-business     Closed-Won  2025-03-01 2025-03-11
        O2             L7      new_business     closed_lost 2025-03-01 2025-04-01
        O3             L7      new_business     closed_lost 2025-03-01 2025-05-02
    """)
    activities = rows("""
        activity_id activity_type status    lead_id opportunity_id occurred_at
        T1          call          completed -       O1             2025-02-20
        T2          call          no_show   L1      -              2025-02-27
    """)
    tables = {
        "crm.leads": leads,
        "crm.opportunities": opportunities,
        "crm.activities": activities,
    }
    result = compute(tables, settings())
    # 21:00 UTC on 31 January is 1 February in Istanbul; L2, L4 and L5 are no leads.
    assert row_of(result, "kpi_new_pipeline_leads", "2025-01-01")["new_leads"] == 0
    february = row_of(result, "kpi_lead_conversion_rate", "2025-02-01")
    assert (february["entered_leads"], february["won_leads"], february["lost_leads"]) == (4, 1, 2)
    assert (february["average_days_to_win"], february["win_rate"]) == (38, 0)
    assert february["conversion_rate_in_window"] == Fraction(1, 4)
    may = row_of(
        result, "kpi_lead_conversion_rate", "2025-05-01", dimension="source", value="event"
    )
    assert (may["win_rate"], may["entered_leads"], may["conversion_rate"]) == (0, 0, None)
    # On 28 February L1, L6 and L7 wait for 27 days, L1 is idle for 8. L3 was lost on the day it entered.
    waiting = row_of(result, "kpi_lead_waiting_time", "2025-02-01")
    assert (waiting["open_leads"], waiting["average_waiting_days"]) == (3, 27)
    assert waiting["average_idle_days"] == Fraction(62, 3)
    # In New York the same stamp is still 31 January.
    west = compute(tables, settings(business_timezone="America/New_York"))
    assert row_of(west, "kpi_new_pipeline_leads", "2025-01-01")["new_leads"] == 1


def test_window_is_over_after_its_last_day():
    lead = rows("""
        lead_id status created_at
        L1      new    2025-08-01
    """)
    for as_of_date, rate in ((date(2025, 11, 28), None), (date(2025, 11, 29), 0)):
        result = compute({"crm.leads": lead}, settings(as_of_date=as_of_date))
        august = row_of(result, "kpi_lead_conversion_rate", "2025-08-01")
        assert august["conversion_rate_in_window"] == rate


# Section 4 ---------------------------------------------------------------------------------------


def sales_team():
    return {
        "hr.employees": rows("""
            employee_id hire_date  termination_date termination_reason
            E1          2024-01-01 2025-03-15       voluntary
            E2          2024-01-01 -                -
            E3          2025-03-01 2025-03-31       other
        """),
        "hr.job_assignments": rows("""
            employee_id department team  valid_from valid_to
            E1          Sales      North 2024-01-01 -
            E1          marketing  Brand 2024-06-01 -
            E2          sales      North 2024-01-01 2025-02-28
            E2          sales      South 2025-03-01 2025-03-20
            E2          sales      -     2025-03-22 -
            E3          sales      b     2025-03-01 -
            E3          sales      B     2025-03-01 -
        """),
        "crm.users": rows("""
            user_id employee_id
            U1      E3
            U2      E3
            U3      E2
        """),
        "crm.activities": rows("""
            activity_id activity_type status    user_id account_id lead_id occurred_at
            T1          demo          completed U2      gone       -       2025-03-13
            T2          meeting       completed U1      -          -       2025-03-05
            T3          call          completed U1      -          L1      2025-03-04
            T4          meeting       completed U3      A1         -       2025-03-21
        """),
    }


def test_sales_team():
    result = compute(sales_team(), settings())
    march = row_of(result, "kpi_sales_team_retention", "2025-03-01")
    # Start: E1 and E2. E2's day off on 21 March ends a spell and starts one. E3's last day is 31 March,
    # so that separation is April's.
    names = (
        "headcount_start",
        "retained_headcount",
        "joiners",
        "separations",
        "voluntary_separations",
        "involuntary_separations",
        "transfers_out",
        "headcount_end",
    )
    assert [march[name] for name in names] == [2, 1, 2, 2, 1, 0, 1, 2]
    # Tenure on 31 March: E2 for 9 days and E3 for 30.
    assert march["average_tenure_months"] == Fraction(39, 2) / Fraction("30.4375")
    assert march["turnover_rate"] == 1
    april = row_of(result, "kpi_sales_team_retention", "2025-04-01")
    assert (april["separations"], april["transfers_out"], april["voluntary_separations"]) == (
        1,
        0,
        0,
    )
    teams = {
        row["dimension_value"]: tuple(
            row[name] for name in ("headcount_start", "joiners", "separations", "headcount_end")
        )
        for row in result.kpis["kpi_sales_team_retention"]
        if (row["period_grain"], row["period_start"]) == ("month", date(2025, 3, 1))
    }
    # B comes before b by code point; E1 was in North by its sales assignment; E2 left from South.
    assert teams == {
        "all": (2, 2, 2, 2),
        "North": (2, 0, 1, 0),
        "South": (0, 0, 1, 0),
        "B": (0, 1, 0, 1),
        "unassigned": (0, 1, 0, 1),
    }


def test_ramp_up():
    result = compute(sales_team(), settings())
    march = row_of(result, "kpi_rep_ramp_up_time", "2025-03-01")
    # T1 names an account that is not known, which is enough; T2 names nothing; T4 falls into the gap.
    assert (march["new_reps"], march["ramped_reps"], march["average_ramp_up_days"]) == (2, 1, 12)
    assert (march["left_before_ramp_reps"], march["ramping_reps"]) == (0, 1)
    calls = compute(sales_team(), settings(customer_meeting_types=["Call"]))
    march = row_of(calls, "kpi_rep_ramp_up_time", "2025-03-01")
    assert march["median_ramp_up_days"] == 3


def test_a_credit_note_makes_no_customer():
    invoices = rows("""
        invoice_id account_id status issued_on  paid_on    amount currency
        I1         A1         paid   2024-12-01 2024-12-31 -30    TRY
        I2         A1         paid   2025-02-01 2025-02-10 100    TRY
        I3         A2         paid   2025-02-01 2025-02-10 -5     TRY
        I4         A3         open   2025-02-01 -          70     TRY
    """)
    result = compute({"crm.invoices": invoices}, settings())
    assert row_of(result, "kpi_customer_lifetime_value", "2025-01-01")["customers"] == 0
    cohort = row_of(
        result, "kpi_customer_lifetime_value", "2025-02-01", dimension="cohort", value="2025"
    )
    assert (cohort["customers"], cohort["total_spend"], cohort["p90_clv"]) == (1, 70, 70)


def test_referrals():
    tables = {
        "crm.contracts": rows("""
            contract_id account_id contract_type status start_date total_value currency
            C1          A1         new           active 2025-01-10 100         TRY
            C2          A2         new           active 2025-01-10 100         TRY
        """),
        "crm.accounts": rows("""
            account_id segment region
            A1         SMB     Ege
            A2         smb     -
        """),
        "crm.leads": rows("""
            lead_id status created_at converted_account_id merged_into_lead_id
            L1      new    2025-02-01 A1                   -
            L2      new    2025-02-01 -                    L1
            L3      new    2025-02-01 -                    L9
            L4      new    2025-12-01 A2                   -
        """),
        "crm.opportunities": rows("""
            opportunity_id lead_id opportunity_type stage      created_at closed_at
            O1             L1      new_business     closed_won 2025-03-01 2025-06-01
        """),
        "crm.referrals": rows("""
            referral_id referring_account_id referred_lead_id referred_on
            R1          A1                   L1               2025-02-01
            R3          A2                   L2               2025-02-02
            R2          A2                   L1               2025-02-02
            R4          A1                   L3               2025-02-03
            R5          A2                   L9               2025-02-04
            R6          A1                   L8               2025-01-09
            R7          A2                   L4               2025-02-05
        """),
    }
    result = compute(tables, settings())
    # R1: A1 became that lead. R3: R2 comes first by id. R5: L3 means L9. R6: A1 was no customer yet.
    # Left are R2 (won), R4 and R7, whose lead is not there before December.
    february = row_of(result, "kpi_customer_referrals", "2025-02-01")
    assert (february["referrals"], february["referring_customers"]) == (3, 2)
    assert (february["won_referrals"], february["referrals_per_100_customers"]) == (1, 150)
    unknown = row_of(
        result, "kpi_customer_referrals", "2025-02-01", dimension="region", value="unknown"
    )
    assert (unknown["referrals"], unknown["referral_conversion_rate"]) == (2, Fraction(1, 2))
    assert (
        row_of(result, "kpi_customer_referrals", "2025-03-01", dimension="region", value="Ege")
        is None
    )


def test_scorecard_looks_back():
    leads = rows("""
        lead_id status created_at
        L1      new    2024-03-05
        L2      new    2025-02-05
        L3      new    2025-03-05
        L4      new    2025-03-06
        L5      new    2025-03-07
    """)
    result = compute({"crm.leads": leads}, settings(reporting_start_date=date(2024, 3, 1)))
    march = [
        row
        for row in result.scorecard
        if (row["kpi"], row["period_grain"], row["dimension"], row["period_start"])
        == ("new_pipeline_leads", "month", "company", date(2025, 3, 1))
    ]
    names = ("value", "previous_value", "change", "year_ago_value", "target_value", "status")
    assert [[row[name] for name in names] for row in march] == [[3, 1, 2, 1, None, "no_target"]]


def test_status_of_a_target():
    assert status(Fraction(3), Fraction(3), "lower") == "on_target"
    assert status(Fraction(4), Fraction(3), "lower") == "off_target"
    assert status(Fraction(4), Fraction(3), "higher") == "on_target"
    assert status(None, Fraction(3), "higher") == "no_value"


# Reports -----------------------------------------------------------------------------------------


def report(result, name, columns, **key):
    """The columns of a report's rows in their order: those of the company, or of the key's values."""
    key = {"dimension": "company", **key}
    return [
        tuple(row[column] for column in columns)
        for row in result.reports[f"rpt_{name}"]
        if all(row[column] == value for column, value in key.items())
    ]


def test_lead_funnel():
    tables = {
        "crm.leads": rows("""
            lead_id status created_at merged_into_lead_id
            L1      new    2025-02-01 -
            L2      new    2025-02-01 -
            L3      new    2025-02-01 -
            L4      new    2025-01-01 L3
            L5      new    2025-02-01 -
        """),
        "crm.lead_status_history": rows("""
            lead_id status    changed_at
            L1      working   2025-02-03
            L1      qualified 2025-02-02
            L2      converted 2025-02-11
            L4      working   2025-01-20
            L5      working   2025-11-18
        """),
        "crm.opportunities": rows("""
            opportunity_id lead_id opportunity_type stage      created_at closed_at
            O1             L1      new_business     closed_won 2025-02-11 2025-03-03
        """),
    }
    columns = ("stage", "leads", "share_of_entered", "average_days_in_stage", "median_days_in_stage")
    # L1 is qualified before it is worked on; L2 skips two stages; L3 is worked on from its first day;
    # L5 is worked on after as_of_date. The first stage takes 1, 10 and 0 days.
    february = {"period_grain": "month", "period_start": date(2025, 2, 1)}
    assert report(compute(tables, settings()), "lead_funnel", columns, **february) == [
        ("entered", 4, 1, Fraction(11, 3), 1),
        ("working", 3, Fraction(3, 4), 0, 0),
        ("qualified", 2, Fraction(1, 2), 9, 9),
        ("opportunity", 2, Fraction(1, 2), 20, 20),
        ("won", 1, Fraction(1, 4), None, None),
    ]


def test_open_lead_ageing():
    tables = {
        "crm.leads": rows("""
            lead_id status created_at
            L1      new    2025-10-18
            L2      new    2025-08-19
            L3      new    2025-08-18
        """),
        "crm.activities": rows("""
            activity_id activity_type status    lead_id occurred_at
            T1          call          completed L2      2025-10-18
        """),
    }
    # On 17 November they wait for 30, 90 and 91 days; L3 alone is idle for more than 30.
    assert report(
        compute(tables, settings()), "open_lead_ageing", ("bucket", "open_leads", "stale_leads"),
        period_grain="month", period_start=date(2025, 11, 1),
    ) == [("0_30", 1, 0), ("31_60", 0, 0), ("61_90", 1, 0), ("91_180", 1, 1), ("over_180", 0, 0)]  # fmt: skip


def test_bridge_and_cohorts():
    contracts = rows("""
        contract_id account_id contract_type status start_date end_date   total_value currency
        C1          A1         new           active 2025-01-10 2026-01-09 1200        TRY
        C2          A1         upsell        active 2025-05-01 -          300         TRY
        C3          A2         new           active 2025-02-01 2025-04-30 900         TRY
        C4          A2         new           active 2025-07-01 -          100         TRY
        C5          A3         new           active 2025-06-30 -          60          TRY
        C6          A4         new           active 2024-12-31 2025-12-30 240         TRY
        C7          A4         upsell        active 2025-01-01 2025-05-31 90          TRY
    """)
    result = compute({"crm.contracts": contracts}, settings())
    # Q2 begins with A1 1200, A2 900 and A4 330; it ends with A1 1500, A3 60 and A4 240.
    for start, amounts in (
        (date(2025, 4, 1), [2430, 60, 0, 300, -90, -900, 1800]),
        (date(2025, 7, 1), [1800, 0, 100, 0, 0, 0, 1900]),
    ):
        quarter = {"period_grain": "quarter", "period_start": start}
        assert report(result, "contract_value_bridge", ("amount",), **quarter) == [(a,) for a in amounts]
    # A1 and A2 begin in Q1, A3 in Q2; A2 is away on 30 June. A4 began before the reported quarters.
    columns = ("cohort_start", "quarters_since", "snapshot_on", "customers", "active_customers", "is_complete")
    assert report(result, "customer_cohorts", columns) == [
        (date(2025, 1, 1), 0, date(2025, 3, 31), 2, 2, True),
        (date(2025, 1, 1), 1, date(2025, 6, 30), 2, 1, True),
        (date(2025, 1, 1), 2, date(2025, 9, 30), 2, 2, True),
        (date(2025, 1, 1), 3, date(2025, 11, 17), 2, 2, False),
        (date(2025, 4, 1), 0, date(2025, 6, 30), 1, 1, True),
        (date(2025, 4, 1), 1, date(2025, 9, 30), 1, 1, True),
        (date(2025, 4, 1), 2, date(2025, 11, 17), 1, 1, False),
    ]


def test_small_teams_and_reps_who_still_ramp_up():
    tables = {
        "crm.users": rows("""
            user_id employee_id
            U1      E1
        """),
        "hr.job_assignments": rows("""
            employee_id department team  valid_from valid_to
            E1          sales      North 2025-01-01 -
            E2          sales      North 2025-11-02 -
            E3          sales      South 2025-01-01 2025-02-01
            E4          sales      South 2024-12-31 -
        """),
        "crm.activities": rows("""
            activity_id activity_type status    user_id account_id occurred_at
            T1          demo          completed U1      A1         2025-01-16
        """),
    }
    result = compute(tables, settings(small_group_minimum=2))
    # E1 ramps up after 15 days, E2 has been there for 15, E3 left without; E4 began before the periods.
    columns = ("days_since_start", "new_reps", "ramped_reps", "is_mature")
    assert report(result, "ramp_up_curve", columns)[:3] == [
        (0, 3, 0, True), (15, 3, 1, True), (30, 3, 1, False),
    ]  # fmt: skip
    teams = {
        team: report(result, "ramp_up_curve", columns, dimension="team", dimension_value=team)[1]
        for team in ("North", "South")
    }
    assert teams == {"North": (15, 2, 1, True), "South": (15, None, None, True)}
    # North has E1 at one end of November and two at the other; South has E4 at both ends.
    november = {"kpi": "sales_team_retention", "period_grain": "month", "period_start": date(2025, 11, 1)}
    assert report(result, "kpi_cards", ("value",), **november) == [(1,)]
    teams = {**november, "dimension": "team"}
    assert report(result, "kpi_cards", ("dimension_value", "value"), **teams) == [("North", None), ("South", None)]
    # E2 still ramps up, and North's mean is of E1 alone; of South's reps nothing is told, so nothing of it can change.
    ramp_up = {"kpi": "rep_ramp_up_time", "period_grain": "year"}
    assert report(result, "kpi_cards", ("value", "is_mature"), **ramp_up) == [(15, False)]
    teams = {**ramp_up, "dimension": "team"}
    assert report(result, "kpi_cards", ("dimension_value", "value", "is_mature"), **teams) == [
        ("North", None, False), ("South", None, True),
    ]  # fmt: skip


def test_kpi_cards():
    tables = {
        "crm.leads": rows("""
            lead_id status created_at
            L1      new    2025-02-05
            L2      new    2025-03-05
            L3      new    2025-03-06
            L4      new    2025-08-20
        """),
        "reference.kpi_targets": rows("""
            kpi                period_grain period_start target
            new_pipeline_leads month        2025-03-01   3
            new_pipeline_leads month        2025-02-01   0
            lead_waiting_time  month        2025-03-01   7
        """),
    }
    result = compute(tables, settings())
    columns = ("value", "target_attainment", "change", "change_verdict")
    # Two leads after one. They wait for 54, 26 and 25 days at the end of March, and 23 a month before.
    for kpi, start, card in (
        ("new_pipeline_leads", date(2025, 2, 1), (1, None, 1, "better")),
        ("new_pipeline_leads", date(2025, 3, 1), (2, Fraction(2, 3), 1, "better")),
        ("lead_waiting_time", date(2025, 3, 1), (35, Fraction(1, 5), 12, "worse")),
        ("new_pipeline_leads", date(2025, 6, 1), (0, None, 0, "same")),
    ):
        key = {"kpi": kpi, "period_grain": "month", "period_start": start}
        assert report(result, "kpi_cards", columns, **key) == [card]
    # 90 days after August are not over on 17 November; nobody entered in September.
    months = {"kpi": "lead_conversion_rate", "period_grain": "month"}
    assert [
        start.month
        for start, is_mature in report(result, "kpi_cards", ("period_start", "is_mature"), **months)
        if not is_mature
    ] == [8]


def test_values_as_text():
    assert as_text(Fraction(1, 2_000_000)) == "0.000001"
    assert as_text(Fraction(-5, 3)) == "-1.666667"
    assert as_text(Fraction(-1, 3_000_000)) == "0.000000"
    assert [as_text(value) for value in (None, True, 7, date(2025, 1, 2))] == [
        "",
        "true",
        "7",
        "2025-01-02",
    ]
