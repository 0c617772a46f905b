"""Ordinary situations in which well-known public projects, or forms that many share, go wrong.

Each test says what goes wrong and where that was seen, works our number out by hand, and shows on
the same raw rows that plain SQL of that form falls into the trap.
"""

import math

import pytest
from rows import (
    account,
    activity,
    assignment,
    contract,
    employee,
    invoice,
    kpi,
    lead,
    naive,
    opportunity,
    referral,
    user,
)

TODAY = {"as_of_date": "2025-11-15", "reporting_start_date": "2024-01-01"}

# the shares of won amounts in salesforce__owner_performance and salesforce__manager_performance of
# https://github.com/fivetran/dbt_salesforce: an owner without a loss has no row to add
WIN_PERCENT = """
    with won as (
        select owner_user_id, sum(cast(amount as double)) as amount
        from raw.raw_crm__opportunities where stage = 'closed_won' group by 1
    ), lost as (
        select owner_user_id, sum(cast(amount as double)) as amount
        from raw.raw_crm__opportunities where stage = 'closed_lost' group by 1
    )
    select case when sum(won.amount + lost.amount) > 0
        then 100 * sum(won.amount) / sum(won.amount + lost.amount) else 0 end
    from raw.raw_crm__users
    left join won on won.owner_user_id = user_id
    left join lost on lost.owner_user_id = user_id
"""


@pytest.fixture(scope="module")
def build(engine_of):
    """From raw rows to what the models make of them on 15 November 2025."""
    return engine_of(TODAY).build


def deals(*outcomes: tuple[str, str, str]) -> dict:
    """A lead of March 2025 for each (rep, stage, amount), closed in May."""
    return {
        "crm.users": [user(rep) for rep in sorted({rep for rep, _, _ in outcomes})],
        "crm.leads": [
            lead(f"L{number}", "2025-03-01", owner_user_id=rep)
            for number, (rep, _, _) in enumerate(outcomes)
        ],
        "crm.opportunities": [
            opportunity(
                f"O{number}",
                f"L{number}",
                stage,
                owner_user_id=rep,
                amount=amount,
                closed_at="2025-05-10",
            )
            for number, (rep, stage, amount) in enumerate(outcomes)
        ],
    }


# Leads and sales ----------------------------------------------------------------------------------


def test_two_won_and_none_lost_are_not_0_percent(build):
    """Fivetran's salesforce package: a sum with the missing losses is null, and null is made 0."""
    warehouse = build(deals(("Ada", "closed_won", "100"), ("Ada", "closed_won", "100")))
    assert naive(warehouse, WIN_PERCENT) == 0
    assert kpi(warehouse, "lead_conversion_rate", "2025", "win_rate", rep="Ada") == 1


def test_three_won_of_five_are_not_150_percent(build):
    """Fivetran's salesforce package: who has no loss drops out of the sum below the line only."""
    warehouse = build(
        deals(
            ("Ada", "closed_won", "100"),
            ("Ada", "closed_won", "100"),
            ("Bob", "closed_won", "100"),
            ("Bob", "closed_lost", "50"),
            ("Bob", "closed_lost", "50"),
        )
    )
    assert naive(warehouse, WIN_PERCENT) == 150
    assert kpi(warehouse, "lead_conversion_rate", "2025", "win_rate") == 0.6


def test_days_to_win_are_not_negative(build):
    """Fivetran's salesforce package counts days_to_close from close_date to created_date
    (stg_salesforce__opportunity), so every deal that takes a day has a negative number of them.
    """
    warehouse = build(
        {
            "crm.leads": [lead("L1", "2025-03-01")],
            "crm.opportunities": [
                opportunity(
                    "O1", "L1", "closed_won", created_at="2025-03-01", closed_at="2025-04-15"
                )
            ],
        }
    )
    sql = (
        "select date_diff('day', closed_at::date, created_at::date) from raw.raw_crm__opportunities"
    )
    assert naive(warehouse, sql) == -45
    # 30 days to the end of March, 15 in April
    assert kpi(warehouse, "lead_conversion_rate", "2025", "average_days_to_win") == 45


def test_sales_of_the_day_take_no_days(build):
    """A common form subtracts the stamps' days as they are written."""
    stamps = {
        "typed in ten days after the sale": ("2025-03-11", "2025-03-01"),
        "half an hour, in two time zones": ("2025-03-11T01:30:00+03:00", "2025-03-10T23:00:00Z"),
        "one day in Istanbul, two in UTC": ("2025-03-10T22:30:00Z", "2025-03-11"),
    }
    warehouse = build(
        {
            "crm.leads": [lead(name, created) for name, (created, _) in stamps.items()],
            "crm.opportunities": [
                opportunity(name, name, "closed_won", closed_at=closed)
                for name, (_, closed) in stamps.items()
            ],
        }
    )
    sql = """
        select date_diff('day', left(leads.created_at, 10)::date, left(closed_at, 10)::date)
        from raw.raw_crm__opportunities join raw.raw_crm__leads as leads using (lead_id)
        where lead_id = '{}'
    """
    assert [naive(warehouse, sql.format(name)) for name in stamps] == [-10, -1, 1]
    columns = "won_leads, average_days_to_win"
    assert kpi(warehouse, "lead_conversion_rate", "2025-03", columns) == (3, 0)


def test_a_lead_with_two_opportunities_is_one_lead(build):
    """Fivetran's hubspot package joined deals to companies one to one, and a deal of two companies
    was two deals: https://github.com/fivetran/dbt_hubspot/issues/35
    """
    warehouse = build(
        {
            "crm.leads": [lead(f"L{number}", "2025-03-01") for number in range(4)],
            "crm.opportunities": [
                opportunity("O1", "L0", "closed_lost", closed_at="2025-04-01"),
                opportunity("O2", "L0", "closed_won", closed_at="2025-05-01"),
            ],
        }
    )
    sql = """
        select count(*) filter (where stage = 'closed_won') / count(*)
        from raw.raw_crm__leads left join raw.raw_crm__opportunities using (lead_id)
    """
    assert naive(warehouse, sql) == 0.2
    columns = "entered_leads, won_leads, lost_leads, conversion_rate"
    assert kpi(warehouse, "lead_conversion_rate", "2025", columns) == (4, 1, 0, 0.25)


def test_merged_leads_are_one_lead(build):
    """Fivetran's hubspot package kept merged deals, and missed contacts that were merged more than
    once until version 1.1.0: https://github.com/fivetran/dbt_hubspot/issues/134
    """
    warehouse = build(
        {
            "crm.leads": [
                lead("L1", "2025-03-01"),
                lead("L2", "2025-03-02", merged_into_lead_id="L1"),
                lead("L3", "2025-03-03", merged_into_lead_id="L2"),
            ],
            "crm.opportunities": [opportunity("O1", "L3", "closed_won", closed_at="2025-04-01")],
        }
    )
    assert naive(warehouse, "select count(*) from raw.raw_crm__leads") == 3
    # the sale of the third is the first one's
    columns = "entered_leads, won_leads, average_days_to_win"
    assert kpi(warehouse, "lead_conversion_rate", "2025", columns) == (1, 1, 31)
    assert kpi(warehouse, "new_pipeline_leads", "2025", "new_leads") == 1


def test_conversion_does_not_exceed_100_percent(build):
    """Fivetran's salesforce package, salesforce__daily_activity, sets leads created on a day beside
    leads converted on that day: these are not the same leads, and their ratio is no rate.
    """
    warehouse = build(
        {
            "crm.leads": [lead(f"L{number}", "2025-05-20") for number in range(4)]
            + [lead("L4", "2025-06-10")],
            "crm.opportunities": [
                opportunity(f"O{number}", f"L{number}", "closed_won", closed_at="2025-06-15")
                for number in range(3)
            ],
        }
    )
    sql = """
        select (select count(*) from raw.raw_crm__opportunities where closed_at like '2025-06%')
            / (select count(*) from raw.raw_crm__leads where created_at like '2025-06%')
    """
    assert naive(warehouse, sql) == 3
    months = [
        kpi(warehouse, "lead_conversion_rate", when, "conversion_rate")
        for when in ("2025-05", "2025-06")
    ]
    assert months == [0.75, 0]


def test_a_converted_lead_is_not_won_yet(build):
    """Salesforce converts a lead into an opportunity, which may be lost; Fivetran's package counts
    is_converted, and so do many.
    """
    warehouse = build(
        {
            "crm.leads": [
                lead(f"L{number}", "2025-03-01", status="converted") for number in range(3)
            ],
            "crm.opportunities": [
                opportunity("O0", "L0", "closed_won", closed_at="2025-04-01"),
                opportunity("O1", "L1", "closed_lost", closed_at="2025-04-01"),
                opportunity("O2", "L2", "proposal"),
            ],
        }
    )
    assert (
        naive(warehouse, "select count(*) from raw.raw_crm__leads where status = 'converted'") == 3
    )
    columns = "won_leads, lost_leads, open_leads"
    assert kpi(warehouse, "lead_conversion_rate", "2025", columns) == (1, 1, 1)


def test_the_rate_of_all_is_not_the_mean_of_the_rates(build):
    """PostHog's mean retention was one of cohorts, 10 % where 2 of 110 people came back:
    https://github.com/PostHog/posthog/issues/25998
    """
    warehouse = build(
        {
            "crm.leads": [lead(f"A{number}", "2025-03-01", source="a") for number in range(10)]
            + [lead(f"B{number}", "2025-03-01", source="b") for number in range(100)],
            "crm.opportunities": [
                opportunity(f"O{number}", f"A{number}", "closed_won", closed_at="2025-04-01")
                for number in range(2)
            ],
        }
    )
    sql = """
        select avg(rate) from (
            select count(opportunity_id) / count(*) as rate
            from raw.raw_crm__leads left join raw.raw_crm__opportunities using (lead_id)
            group by source
        )
    """
    assert naive(warehouse, sql) == 0.1
    assert round(kpi(warehouse, "lead_conversion_rate", "2025", "conversion_rate"), 3) == 0.018


def test_leads_that_may_still_be_won_in_time_have_no_rate_yet(build):
    """A common form divides by those whose time is not up, so the youngest look the worst, as the
    review of https://github.com/moneat-io/moneat/pull/455 found.
    """
    warehouse = build(
        {
            "crm.leads": [
                lead(f"L{number}", day)
                for number, day in enumerate(["2025-07-05"] * 4 + ["2025-09-10"] * 2)
            ],
            "crm.opportunities": [opportunity("O0", "L0", "closed_won", closed_at="2025-08-01")],
        }
    )
    sql = """
        select count(opportunity_id) / count(*)
        from raw.raw_crm__leads as leads left join raw.raw_crm__opportunities using (lead_id)
        where leads.created_at like '2025-09%'
    """
    assert naive(warehouse, sql) == 0
    # 90 days from the end of July are over, from the end of September not
    months = [
        kpi(warehouse, "lead_conversion_rate", when, "conversion_rate_in_window")
        for when in ("2025-07", "2025-09")
    ]
    assert months == [0.25, None]


def test_a_lead_that_was_open_then_stays_open_then(build):
    """A common form filters on the status of today, as the pipeline_amount of Fivetran's
    salesforce__daily_activity does: what is won since was never in the pipeline.
    """
    warehouse = build(
        {
            "crm.leads": [lead("L1", "2025-02-01", status="converted"), lead("L2", "2025-03-01")],
            "crm.opportunities": [
                opportunity("O1", "L1", "closed_won", closed_at="2025-08-20"),
                opportunity("O2", "L2", "proposal"),
            ],
        }
    )
    sql = """
        select count(*)
        from raw.raw_crm__leads as leads join raw.raw_crm__opportunities using (lead_id)
        where leads.created_at <= '2025-06-30' and stage not in ('closed_won', 'closed_lost')
    """
    assert naive(warehouse, sql) == 1
    # on 30 June they wait for 149 and 121 days
    columns = "open_leads, average_waiting_days"
    assert kpi(warehouse, "lead_waiting_time", "2025-Q2", columns) == (2, 135)
    assert kpi(warehouse, "lead_waiting_time", "2025-Q3", "open_leads") == 1


def test_what_closes_later_is_open(build):
    """Fivetran's salesforce package counts a deal as closed this month by its stage and the month
    of its close_date, be it the day after tomorrow.
    """
    warehouse = build(
        {
            "crm.leads": [
                lead("won", "2025-10-01", status="converted"),
                lead("lost", "2025-10-01", status="converted"),
                lead("out", "2025-10-01", status="disqualified", disqualified_at="2025-11-16"),
            ],
            "crm.opportunities": [
                opportunity("O1", "won", "closed_won", closed_at="2025-11-28"),
                opportunity("O2", "lost", "closed_lost", closed_at="2025-11-16"),
            ],
        }
    )
    sql = """
        select count(*) from raw.raw_crm__leads left join raw.raw_crm__opportunities using (lead_id)
        where date_trunc('month', coalesce(disqualified_at, closed_at)::date) = date '2025-11-01'
    """
    assert naive(warehouse, sql) == 3
    columns = "won_leads, lost_leads, open_leads"
    assert kpi(warehouse, "lead_conversion_rate", "2025", columns) == (0, 0, 3)
    assert kpi(warehouse, "lead_conversion_rate", "2025-11", "win_rate") is None
    # 45 days from 1 October to 15 November
    columns = "open_leads, average_waiting_days"
    assert kpi(warehouse, "lead_waiting_time", "2025-11", columns) == (3, 45)


def test_the_day_is_that_of_the_business(build):
    """Metabase cut days of a model's column at midnight in UTC, whatever the report's time zone:
    https://github.com/metabase/metabase/issues/76585
    """
    warehouse = build({"crm.leads": [lead("L1", "2025-03-31T21:30:00Z")]})
    sql = "select strftime(created_at::timestamp, '%Y-%m') = '2025-03' from raw.raw_crm__leads"
    assert naive(warehouse, sql)
    # half past midnight in Istanbul
    months = [
        kpi(warehouse, "new_pipeline_leads", when, "new_leads") for when in ("2025-03", "2025-04")
    ]
    assert months == [0, 1]


def test_a_month_ends_where_the_next_begins(build):
    """A common form adds thirty days, so the 31st is in no month and 1 March in February; billing
    periods that begin on a 31st are as easily wrong: https://github.com/getlago/lago-api/pull/1567
    """
    days = ["2024-01-31", "2024-02-29", "2024-03-01", "2024-12-31"]
    warehouse = build({"crm.leads": [lead(day, day) for day in days]})
    sql = """
        select count(*) from raw.raw_crm__leads
        where created_at::date >= date '{0}-01'
            and created_at::date < date '{0}-01' + interval 30 day
    """
    months = ["2024-01", "2024-02", "2024-12"]
    assert [naive(warehouse, sql.format(month)) for month in months] == [0, 2, 0]
    for month in months:
        assert kpi(warehouse, "new_pipeline_leads", month, "new_leads") == 1


def test_spellings_of_a_code_are_one_code(build):
    """A common form compares what people typed."""
    spellings = ["closed_won", "Closed Won", " CLOSED-WON", "Closed - Won"]
    sources = ["direkt", "Direkt ", "DİREKT", "DIREKT"]
    warehouse = build(
        {
            "crm.leads": [
                lead(f"L{number}", "2025-03-01", source=source)
                for number, source in enumerate(sources)
            ],
            "crm.opportunities": [
                opportunity(f"O{number}", f"L{number}", stage, closed_at="2025-04-01")
                for number, stage in enumerate(spellings)
            ],
        }
    )
    sql = "select count(*) from raw.raw_crm__opportunities where stage = 'closed_won'"
    assert naive(warehouse, sql) == 1
    assert naive(warehouse, "select count(distinct source) from raw.raw_crm__leads") == 4
    columns = "entered_leads, won_leads"
    assert kpi(warehouse, "lead_conversion_rate", "2025", columns, source="direkt") == (4, 4)


def test_a_lead_is_referred_once(build):
    """A common form counts the rows of the referral table."""
    warehouse = build(
        {
            "crm.contracts": [contract("C1", "A1", "2024-01-01", None)],
            "crm.leads": [lead("L1", "2025-03-05"), lead("L2", "2025-03-05")],
            "crm.referrals": [
                referral("R1", "A1", "L1", "2025-03-01"),
                # a second mention, and one by who is no customer
                referral("R2", "A1", "L1", "2025-03-02"),
                referral("R3", "A2", "L2", "2025-03-01"),
            ],
        }
    )
    assert naive(warehouse, "select count(*) from raw.raw_crm__referrals") == 3
    columns = "referrals, referring_customers"
    assert kpi(warehouse, "customer_referrals", "2025", columns) == (1, 1)


# Customers and contracts --------------------------------------------------------------------------


def test_new_customers_are_not_retained(build):
    """A common form divides customers at the end by customers at the start; without the cohort in
    the numerator rates pass 100 %: https://github.com/BasedHardware/omi/pull/6509
    """
    warehouse = build(
        {
            "crm.contracts": [
                *(contract(name, name, "2024-06-01", None) for name in "ABC"),
                contract("D", "D", "2024-06-01", "2025-05-31"),
                *(contract(name, name, "2025-03-01", None) for name in "EFG"),
            ]
        }
    )
    sql = """
        select count(*) filter (where coalesce(end_date, '9999') >= '2025-11-15')
            / count(*) filter (where start_date <= '2024-12-31')
        from raw.raw_crm__contracts
    """
    assert naive(warehouse, sql) == 1.5
    columns = "customer_retention_rate, new_customers, customers_end"
    assert kpi(warehouse, "customer_retention", "2025", columns) == (0.75, 3, 6)


def test_a_contract_without_an_end_is_active(build):
    """dbt's mrr-playbook (customer_revenue_by_month in https://github.com/dbt-labs/mrr-playbook)
    takes the months before max(end_date), and before null there is none.
    """
    warehouse = build(
        {
            "crm.contracts": [
                contract("C1", "A", "2024-06-01", None),
                contract("C2", "B", "2024-06-01", "2026-05-31", total_value="1000"),
            ]
        }
    )
    sql = """
        select count(*) from raw.raw_crm__contracts
        where date '2025-03-31' between start_date::date and end_date::date
    """
    assert naive(warehouse, sql) == 1
    # 1,200 a year, and 1,000 for two
    columns = "active_customers, total_acv"
    assert kpi(warehouse, "annual_contract_value", "2025-03", columns) == (2, 1700)


def test_never_is_not_a_day_of_the_year_9999(build):
    """A common form divides by the years to 31 December 9999, the day that many systems write."""
    warehouse = build(
        {"crm.contracts": [contract("C1", "A", "2024-01-01", "9999-12-31", total_value="12000")]}
    )
    sql = """
        select round(12000 * 365 / date_diff('day', start_date::date, end_date::date), 2)
        from raw.raw_crm__contracts
    """
    assert naive(warehouse, sql) == 1.5
    assert kpi(warehouse, "annual_contract_value", "2025-03", "acv_per_customer") == 12_000


def test_a_cancelled_contract_was_active_before(build):
    """A template for Chargebee dropped deleted subscriptions before it looked for churn, as its
    review found: https://github.com/bruin-data/bruin/pull/2702
    """
    gone = {"status": "cancelled", "cancelled_on": "2025-10-01"}
    warehouse = build(
        {
            "crm.contracts": [
                *(contract(name, name, "2024-01-01", None) for name in "ABC"),
                contract("D", "D", "2024-01-01", None, **gone),
            ]
        }
    )
    sql = "select count(*) from raw.raw_crm__contracts where status = 'active'"
    assert naive(warehouse, sql) == 3
    columns = "customers_start, churned_customers, customer_retention_rate"
    assert kpi(warehouse, "customer_retention", "2024", "customers_end") == 4
    assert kpi(warehouse, "customer_retention", "2025", columns) == (4, 1, 0.75)


def test_who_leaves_on_the_last_day_is_there_until_it_is_over(build):
    """PostHog counted churn a day before the customer was off its list of active ones:
    https://github.com/PostHog/posthog/pull/39439
    """
    warehouse = build({"crm.contracts": [contract("C1", "A", "2024-04-01", "2025-03-31")]})
    sql = "select count(*) from raw.raw_crm__contracts where end_date > '2025-03-31'"
    assert naive(warehouse, sql) == 0
    months = [
        kpi(warehouse, "customer_retention", when, "churned_customers, customers_end")
        for when in ("2025-03", "2025-04")
    ]
    assert months == [(0, 1), (1, 0)]


def test_an_early_renewal_counts_once(build):
    """dbt's mrr-playbook has a row for each subscription that covers the first of a month, so who
    renews early pays twice.
    """
    warehouse = build(
        {
            "crm.contracts": [
                contract("C1", "A", "2024-07-16", "2025-07-15"),
                contract(
                    "C2",
                    "A",
                    "2025-06-20",
                    "2026-06-19",
                    total_value="1500",
                    contract_type="renewal",
                    renewed_from_contract_id="C1",
                ),
            ]
        }
    )
    sql = """
        select sum(total_value::double) from raw.raw_crm__contracts
        where date '2025-06-30' between start_date::date and end_date::date
    """
    assert naive(warehouse, sql) == 2700
    columns = "total_acv, active_contracts"
    assert kpi(warehouse, "annual_contract_value", "2025-06", columns) == (1500, 1)


def test_a_late_renewal_is_no_churn(build):
    """dbt's mrr-playbook calls any month without a subscription churn and the next a reactivation;
    Mattermost came to tell late renewals from resurrections by a number of days:
    https://github.com/mattermost/mattermost-data-warehouse/pull/1009
    """
    # June is between the contracts, its 30 days; one day more is too late
    starts = {"late": "2025-07-01", "too late": "2025-07-02"}
    renewals = [
        contract(
            f"{name} 2",
            name,
            start,
            "2026-06-30",
            contract_type="renewal",
            renewed_from_contract_id=f"{name} 1",
        )
        for name, start in starts.items()
    ]
    warehouse = build(
        {
            "crm.accounts": [account(name, region=name) for name in starts],
            "crm.contracts": [
                contract(f"{name} 1", name, "2024-06-01", "2025-05-31") for name in starts
            ]
            + renewals,
        }
    )
    sql = """
        select count(*) from raw.raw_crm__contracts
        where date '2025-06-30' between start_date::date and end_date::date
    """
    assert naive(warehouse, sql) == 0
    for name, lost in (("late", 0), ("too late", 1)):
        columns = "customers_start, churned_customers"
        assert kpi(warehouse, "customer_retention", "2025-06", columns, region=name) == (1, lost)
        columns = "customers_end, reactivated_customers"
        assert kpi(warehouse, "customer_retention", "2025-07", columns, region=name) == (1, lost)


def test_a_year_has_twelve_months(build):
    """A common form counts the firsts of months between start and end, and misses one; another
    divides by 365 and finds more than a year in a leap year.
    """
    ends = {"one year": ("2024-12-31", "12000"), "three years": ("2026-12-31", "36000")}
    warehouse = build(
        {
            "crm.contracts": [
                contract(name, name, "2024-01-01", end, total_value=total)
                for name, (end, total) in ends.items()
            ]
        }
    )
    sql = """
        select list(round(total_value::double / ({}), 2) order by account_id)
        from raw.raw_crm__contracts
    """
    by_months = "date_diff('month', start_date::date, end_date::date) / 12"
    assert naive(warehouse, sql.format(by_months)) == [13_090.91, 12_342.86]
    by_days = "(date_diff('day', start_date::date, end_date::date) + 1) / 365"
    assert naive(warehouse, sql.format(by_days)) == [11_967.21, 11_989.05]
    columns = "total_acv, median_acv_per_customer, active_customers"
    assert kpi(warehouse, "annual_contract_value", "2024", columns) == (24_000, 12_000, 2)


def test_a_customer_with_two_contracts_is_one_customer(build):
    """A common form takes the mean of the contracts and calls it one of customers."""
    warehouse = build(
        {
            "crm.contracts": [
                contract("C1", "A", "2024-01-01", None),
                contract("C2", "A", "2024-02-01", None, total_value="600"),
                contract("C3", "B", "2024-01-01", None, total_value="600"),
            ]
        }
    )
    assert naive(warehouse, "select avg(total_value::double) from raw.raw_crm__contracts") == 800
    columns = "acv_per_customer, active_customers, active_contracts"
    assert kpi(warehouse, "annual_contract_value", "2024", columns) == (1200, 2, 3)


def test_one_customers_growth_does_not_hide_anothers_loss(build):
    """A common form caps the sum at 100 % and not each customer."""
    years = {"A": ("1000", "1600"), "B": ("1000", "500")}
    warehouse = build(
        {
            "crm.contracts": [
                contract(f"{name}{year}", name, f"{year}-01-01", f"{year}-12-31", total_value=value)
                for name, values in years.items()
                for year, value in zip((2024, 2025), values)
            ]
        }
    )
    sql = """
        select least(sum(total_value::double) filter (where start_date = '2025-01-01') / 2000, 1)
        from raw.raw_crm__contracts
    """
    assert naive(warehouse, sql) == 1
    columns = "gross_revenue_retention, net_revenue_retention"
    assert kpi(warehouse, "customer_retention", "2025", columns) == (0.75, 1.05)


def test_an_old_contract_keeps_its_old_rate(build):
    """EspoCRM and ERPNext convert with the rate of today, so last year's figures move with it:
    https://github.com/espocrm/espocrm/issues/1429, https://github.com/frappe/erpnext/issues/12686
    """
    rates = {"2024-02-26": "30", "2024-03-02": "31", "2025-11-01": "42"}
    warehouse = build(
        {
            "crm.contracts": [
                contract("C1", "A", "2024-03-01", None, total_value="1000", currency="USD")
            ],
            "reference.exchange_rates": [
                {"rate_date": day, "currency": "USD", "rate": rate} for day, rate in rates.items()
            ],
        }
    )
    sql = """
        select total_value::double * (
            select max_by(rate::double, rate_date) from raw.raw_reference__exchange_rates
        ) from raw.raw_crm__contracts
    """
    assert naive(warehouse, sql) == 42_000
    for when in ("2024", "2025"):
        assert kpi(warehouse, "annual_contract_value", when, "total_acv") == 30_000
    assert kpi(warehouse, "customer_retention", "2025", "net_revenue_retention") == 1


# What customers paid ------------------------------------------------------------------------------


def test_a_payment_is_not_multiplied_by_what_it_is_joined_to(build):
    """dbt's jaffle-shop added an order once for each of its items, and 17.68 became 35.36:
    https://github.com/dbt-labs/jaffle-shop/issues/1
    """
    warehouse = build(
        {
            "crm.invoices": [invoice("I1", "A", "17.68", "2025-03-01")],
            "crm.contracts": [contract(name, "A", "2025-01-01", None) for name in ("C1", "C2")],
            "crm.activities": [
                activity(f"T{number}", "call", "completed", "2025-02-01", account_id="A")
                for number in range(2)
            ],
        }
    )
    sql = """
        select sum(amount::double)
        from raw.raw_crm__invoices join raw.raw_crm__activities using (account_id)
    """
    assert naive(warehouse, sql) == 35.36
    columns = "average_clv, total_spend, customers"
    assert kpi(warehouse, "customer_lifetime_value", "2025", columns) == (17.68, 17.68, 1)


def test_a_row_that_was_exported_twice_counts_once(build):
    """A full refresh that appends has left MIT's warehouse with five copies of each row:
    https://github.com/mitodl/ol-data-platform/pull/2629
    """
    lost = {"status": "disqualified", "disqualified_at": "2025-05-05", "updated_at": "2025-05-05"}
    warehouse = build(
        {
            "crm.invoices": [invoice("I1", "A", "100", "2025-03-01")] * 2,
            "crm.leads": [
                lead("L1", "2025-03-01", updated_at="2025-03-01"),
                lead("L1", "2025-03-01", **lost),
            ],
        }
    )
    assert naive(warehouse, "select sum(amount::double) from raw.raw_crm__invoices") == 200
    assert kpi(warehouse, "customer_lifetime_value", "2025", "total_spend") == 100
    # of the two states of the lead the later one
    columns = "entered_leads, lost_leads"
    assert kpi(warehouse, "lead_conversion_rate", "2025", columns) == (1, 1)
    sql = "select source_table, reasons from marts.rejected_rows order by source_table"
    assert warehouse.query(sql) == [
        ("crm.invoices", "duplicate_key"),
        ("crm.leads", "duplicate_key"),
    ]


def test_a_credit_note_is_money_back(build):
    """Fivetran's quickbooks package added credits where they should come off
    (https://github.com/fivetran/dbt_quickbooks/issues/91), and a common form makes a customer of
    whoever has an invoice.
    """
    warehouse = build(
        {
            "crm.invoices": [
                invoice("I1", "A", "1000", "2025-03-01"),
                invoice("I2", "A", "-250", "2025-04-01"),
                invoice("I3", "B", "-100", "2025-04-01"),
            ]
        }
    )
    assert naive(warehouse, "select sum(abs(amount::double)) from raw.raw_crm__invoices") == 1350
    assert naive(warehouse, "select count(distinct account_id) from raw.raw_crm__invoices") == 2
    columns = "average_clv, total_spend, customers"
    assert kpi(warehouse, "customer_lifetime_value", "2025", columns) == (750, 750, 1)


def test_only_what_is_paid_is_spent(build):
    """A common form sums the invoices, open and void ones and those of next month among them."""
    warehouse = build(
        {
            "crm.invoices": [
                invoice("I1", "A", "1000", "2025-03-01"),
                invoice("I2", "A", "400", None, status="open", issued_on="2025-04-01"),
                invoice("I3", "A", "300", None, status="void", issued_on="2025-04-01"),
                invoice("I4", "A", "200", "2025-12-01"),
            ]
        }
    )
    assert naive(warehouse, "select sum(amount::double) from raw.raw_crm__invoices") == 1900
    assert kpi(warehouse, "customer_lifetime_value", "2025", "total_spend") == 1000


# The sales team -----------------------------------------------------------------------------------


def test_a_raise_or_a_move_is_no_hire_and_no_separation(build):
    """Rows of job histories are not comings and goings; overlapping ones were counted twice in the
    attrition of a school network: https://github.com/TEAMSchools/teamster/pull/328
    """
    warehouse = build(
        {
            "hr.employees": [
                *(employee(name, "2024-05-01") for name in ("moved", "raised", "transferred")),
                employee(
                    "left",
                    "2024-05-01",
                    termination_date="2025-08-31",
                    termination_reason="voluntary",
                ),
            ],
            "hr.job_assignments": [
                assignment("moved", "2024-05-01", "2025-02-28", team="North"),
                assignment("moved", "2025-03-01", team="South"),
                assignment("raised", "2024-05-01", "2025-04-30", team="North"),
                # the old row was closed a month late
                assignment("raised", "2025-04-01", team="North", job_title="Senior"),
                assignment("transferred", "2024-05-01", "2025-06-30", team="North"),
                assignment("transferred", "2025-07-01", department="marketing"),
                assignment("left", "2024-05-01", team="North"),
            ],
        }
    )
    sql = "select count(*) from raw.raw_hr__job_assignments where {} between '2025' and '2026'"
    assert naive(warehouse, sql.format("valid_from")) == 3
    assert naive(warehouse, sql.format("valid_to")) == 3
    columns = (
        "headcount_start, retained_headcount, joiners, separations, voluntary_separations,"
        "transfers_out, headcount_end"
    )
    assert kpi(warehouse, "sales_team_retention", "2025", columns) == (4, 2, 0, 2, 1, 1, 2)
    # 563 days since 1 May 2024, for both who stayed
    tenure = kpi(warehouse, "sales_team_retention", "2025", "average_tenure_months")
    assert tenure == pytest.approx(563 / 30.4375, abs=1e-6)


def test_who_comes_and_goes_in_a_year_does_not_lower_retention(build):
    """GitLab's retention is 1 - separations / average headcount, which short stays lower:
    bamboohr_rpt_headcount_aggregation, copied in https://github.com/danieldiamond/gitlab-analytics
    """
    short = {"termination_date": "2025-06-30", "termination_reason": "voluntary"}
    names = ["A", "B", "C", "D"]
    warehouse = build(
        {
            "hr.employees": [employee(name, "2024-01-01") for name in names]
            + [employee(name, "2025-02-01", **short) for name in ("E", "F")],
            "hr.job_assignments": [assignment(name, "2024-01-01") for name in names]
            + [assignment(name, "2025-02-01") for name in ("E", "F")],
        }
    )
    sql = "select 1 - count(termination_date) / 4 from raw.raw_hr__employees"
    assert naive(warehouse, sql) == 0.5
    columns = "sales_retention_rate, headcount_start, separations, headcount_end, turnover_rate"
    assert kpi(warehouse, "sales_team_retention", "2025", columns) == (1, 4, 2, 4, 0.5)


def test_who_came_back_was_away(build):
    """A common form has one hire date a person; WP ERP kept the old one for who came back:
    https://github.com/wp-erp/wp-erp/issues/172
    """
    warehouse = build(
        {
            "hr.employees": [employee("E", "2024-03-01")],
            "hr.job_assignments": [
                assignment("E", "2024-03-01", "2025-02-28"),
                assignment("E", "2025-05-01"),
            ],
        }
    )
    sql = """
        select count(*) from raw.raw_hr__employees
        where hire_date <= '2025-03-31' and termination_date is null
    """
    assert naive(warehouse, sql) == 1
    columns = "headcount_start, retained_headcount, joiners, separations, headcount_end"
    quarters = [
        kpi(warehouse, "sales_team_retention", when, columns) for when in ("2025-Q1", "2025-Q2")
    ]
    assert quarters == [(1, 0, 0, 1, 0), (0, 0, 1, 0, 1)]
    # 198 days since 1 May
    tenure = kpi(warehouse, "sales_team_retention", "2025", "average_tenure_months")
    assert tenure == pytest.approx(198 / 30.4375, abs=1e-6)


def test_last_years_team_is_not_todays(build):
    """GitLab's headcounts of earlier months are by today's division of each department
    (division_mapped_current in a later bamboohr_headcount_intermediate).
    """
    warehouse = build(
        {
            "crm.users": [user("U", "E")],
            "crm.leads": [lead("L", "2025-02-01", owner_user_id="U")],
            "hr.employees": [employee("E", "2024-03-01")],
            "hr.job_assignments": [
                assignment("E", "2024-03-01", "2025-06-30", team="North"),
                assignment("E", "2025-07-01", team="South"),
            ],
        }
    )
    assert (
        naive(warehouse, "select max_by(team, valid_from) from raw.raw_hr__job_assignments")
        == "South"
    )
    assert kpi(warehouse, "sales_team_retention", "2024", "headcount_end", team="North") == 1
    assert kpi(warehouse, "sales_team_retention", "2025", "headcount_end", team="South") == 1
    assert kpi(warehouse, "new_pipeline_leads", "2025", "new_leads", team="North") == 1


def test_a_meeting_that_did_not_happen_is_no_start(build):
    """Fivetran's salesforce package calls every task of a day completed (tasks_completed in
    salesforce__daily_activity), whatever its status.
    """
    held = [
        ("call", "completed", "2025-03-05"),
        ("meeting", "no_show", "2025-03-10"),
        ("demo", "cancelled", "2025-03-14"),
        ("meeting", "completed", "2025-03-28"),
        ("meeting", "scheduled", "2025-12-01"),
    ]
    warehouse = build(
        {
            "crm.users": [user("U", "E")],
            "crm.activities": [
                activity(f"T{number}", *what, user_id="U", account_id="A")
                for number, what in enumerate(held)
            ],
            "hr.employees": [employee("E", "2025-03-03")],
            "hr.job_assignments": [assignment("E", "2025-03-03")],
        }
    )
    sql = """
        select date_diff('day', date '2025-03-03', min(occurred_at::date))
        from raw.raw_crm__activities where activity_type in ('meeting', 'demo')
    """
    assert naive(warehouse, sql) == 7
    columns = "average_ramp_up_days, ramped_reps"
    assert kpi(warehouse, "rep_ramp_up_time", "2025-03", columns) == (25, 1)


# Nothing ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def nothing(build):
    """A company without a single row."""
    return build({})


RATES = {
    "annual_contract_value": "acv_per_customer, median_acv_per_customer",
    "customer_lifetime_value": "average_clv, median_clv, p90_clv",
    "lead_waiting_time": "average_waiting_days, median_waiting_days, p90_waiting_days,"
    "average_idle_days",
    "lead_conversion_rate": "conversion_rate, conversion_rate_in_window, average_days_to_win,"
    "win_rate",
    "sales_team_retention": "sales_retention_rate, average_tenure_months, turnover_rate",
    "rep_ramp_up_time": "average_ramp_up_days, median_ramp_up_days, average_days_to_first_win",
    "customer_referrals": "referral_conversion_rate, referrals_per_100_customers",
    "customer_retention": "customer_retention_rate, gross_revenue_retention, net_revenue_retention",
}
COUNTS = {
    "annual_contract_value": "total_acv, active_customers, active_contracts, new_acv",
    "customer_lifetime_value": "total_spend, customers",
    "lead_waiting_time": "stale_leads, open_leads",
    "lead_conversion_rate": "entered_leads, won_leads, lost_leads, open_leads",
    "sales_team_retention": "headcount_start, joiners, separations, headcount_end",
    "rep_ramp_up_time": "new_reps, ramped_reps, left_before_ramp_reps, ramping_reps",
    "customer_referrals": "referrals, referring_customers, won_referrals",
    "customer_retention": "customers_start, churned_customers, new_customers, customers_end",
}


@pytest.mark.parametrize("name", RATES)
def test_a_rate_of_nothing_is_no_number(nothing, name):
    """ERPNext's campaign_efficiency.py divides by 1 instead and reports 0 %, at hubzero both 0 and
    100 % were in use (https://github.com/hubzero/hubzero-cms/pull/679), and DuckDB says NaN.
    """
    assert math.isnan(naive(nothing, "select 0::double / 0"))
    for when in ("2024", "2025-Q3", "2025-11"):
        assert set(kpi(nothing, name, when, RATES[name])) == {None}


@pytest.mark.parametrize("name", COUNTS)
def test_a_count_of_nothing_is_0(nothing, name):
    """A common form sums over no rows and gets null, or has no row for the period at all."""
    assert naive(nothing, "select sum(1) from raw.raw_crm__leads") is None
    for when in ("2024", "2025-Q3", "2025-11"):
        assert set(kpi(nothing, name, when, COUNTS[name])) == {0}
