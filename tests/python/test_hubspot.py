"""HubSpot's exports as the tables of the contract."""

import csv
import io
import json
import os
import re
import shutil
from collections import Counter
from contextlib import closing
from pathlib import Path
from unittest import mock
from zoneinfo import ZoneInfo

import duckdb
import psycopg2
import pytest

import conftest
from conftest import FIXTURE_SETTINGS, ROOT, Run, dbt, dbt_here
from extracts import fixture_rows, write_extract_of
from native_exports import hubspot, rows, write_objects
from postgres_server import NoServer, postgres_server
from sales_kpis import init
from sales_kpis.__main__ import main
from tests.python.reference.cleaning import clean_code, trim
from tests.python.reference.inputs import parse_stamp

#: contracts, invoices and referrals of the contract's own tables, as a company has whose CRM has none
OWN = {
    **hubspot.SETTINGS,
    "fields": {
        name: column
        for name, column in hubspot.FIELDS.items()
        if not name.startswith(("contracts", "invoices"))
    },
    "contracts_from": "own",
    "invoices_from": "own",
    "referrals_from": "own",
}


@pytest.fixture(scope="module")
def mapped(tmp_path_factory) -> Run:
    """The fixture's company in API names: its whole CRM as HubSpot exports it, built, with the claims about it."""
    folder, tables = tmp_path_factory.mktemp("hubspot"), fixture_rows()
    write_extract_of(tables, folder / "in")
    shutil.rmtree(folder / "in" / "crm")
    write_objects(hubspot.export(tables), folder / "in" / "hubspot")
    settings = {**FIXTURE_SETTINGS, **hubspot.SETTINGS, **hubspot.NATIVE, "input_dir": str(folder / "in")}
    run = dbt_here(folder, "build", "--exclude", "test_type:generic", settings=settings)
    assert run.code == 0, run.output
    return run


def kpis(query) -> dict[str, set]:
    """KPI model -> its rows."""
    tables = query("select table_name from information_schema.tables where table_schema = 'marts'")
    return {model: set(query(f"select * from marts.{model}")) for (model,) in tables if model.startswith("kpi_")}


def test_the_fixture_gives_the_same_kpis(mapped, fixture_build):
    ours, expected = kpis(mapped.query), kpis(fixture_build.query)
    assert len(expected) == 10
    assert [model for model in expected if ours[model] != expected[model]] == []


def rejected(query) -> Counter:
    """The rejected rows, their keys in one spelling."""

    def plain(part: str) -> str:
        try:
            return str(parse_stamp(trim(part) or "", ZoneInfo("Europe/Istanbul")))
        except ValueError:
            return clean_code(part) or ""

    return Counter(
        (table, "|".join(map(plain, key.split("|"))), reasons)
        for table, key, reasons in query("select source_table, row_key, reasons from marts.rejected_rows")
    )


def test_the_fixture_gives_the_same_rejected_rows(mapped, fixture_build):
    """But for rows that HubSpot cannot hold: what is blank there means something (a contact without a status is
    new, a deal without a type is new business), and an activity has the type of its table.
    """
    lost = rejected(fixture_build.query) - rejected(mapped.query)
    assert rejected(mapped.query) - rejected(fixture_build.query) == {}
    assert Counter((table, reasons) for table, _, reasons in lost.elements()) == {
        ("crm.leads", "missing_status"): 1,
        ("crm.lead_status_history", "missing_status"): 1,
        ("crm.lead_status_history", "invalid_changed_at,missing_status"): 1,
        ("crm.opportunities", "missing_opportunity_type"): 1,
        ("crm.activities", "missing_activity_type"): 1,
        ("crm.activities", "missing_status"): 1,
        ("crm.activities", "invalid_occurred_at,invalid_status,missing_activity_type"): 1,
        # an association leads from one id to another, so a record without one has no company
        ("crm.invoices", "missing_invoice_id"): 1,
    }


def test_what_is_left_out_is_counted(mapped):
    """That all else is mapped, a test of the build has found."""
    assert dict(
        ((table, reason), rows) for table, reason, rows in mapped.query("from marts.excluded_rows")
    ) == {
        ("hubspot.contacts", "not_a_lead"): 1,
        # merged in a circle, or into a lead that nobody knows
        ("hubspot.contacts", "deleted"): 5,
        ("hubspot.contact_property_history", "other_property"): 1,
        ("hubspot.deal_property_history", "other_property"): 1,
        ("hubspot.notes", "note"): 1,
    }


@pytest.fixture(scope="module")
def server():
    """The environment of a server that runs as long as the tests of this module."""
    try:
        with postgres_server() as environment:
            yield environment
    except NoServer as error:
        if os.environ.get("REQUIRE_POSTGRES"):
            pytest.fail(str(error), pytrace=False)
        pytest.skip(str(error))


def connected(server: dict):
    connection = psycopg2.connect(
        host=server["PGHOST"], port=server["PGPORT"], user=server["PGUSER"], dbname=server["PGDATABASE"]
    )
    connection.autocommit = True
    return connection


def load(cursor, schema: str, tables: dict[str, list[dict]]) -> None:
    """Tables of texts into a schema."""
    cursor.execute(f"create schema {schema}")
    for name, rows in tables.items():
        columns = ", ".join(f'"{column}" text' for column in rows[0])
        cursor.execute(f'create table {schema}."{name}" ({columns})')
        text = io.StringIO()
        csv.writer(text).writerows(row.values() for row in rows)
        text.seek(0)
        cursor.copy_expert(f'copy {schema}."{name}" from stdin with (format csv)', text)


def test_the_tables_of_fivetran_on_postgresql_give_the_same(server, fixture_build, tmp_path):
    tables = fixture_rows()
    own = ("crm.contracts", "crm.invoices", "crm.referrals")
    others = {name: rows for name, rows in tables.items() if name in own or not name.startswith("crm.")}
    with closing(connected(server)) as connection, connection.cursor() as cursor:
        load(cursor, "fivetran", hubspot.fivetran(hubspot.export(tables)))
        load(cursor, "extracts", {name.replace(".", "_"): rows for name, rows in others.items()})
        run = dbt(
            tmp_path, "build", "--target", "postgres",
            "--exclude-resource-type", "test", "--exclude-resource-type", "unit_test",
            settings={**FIXTURE_SETTINGS, **OWN, "crm_schema": "fivetran", "input_schema": "extracts"},
            **server,
        )  # fmt: skip
        assert run.code == 0, run.output

        def query(sql: str) -> list[tuple]:
            cursor.execute(sql)
            return cursor.fetchall()

        ours, expected = kpis(query), kpis(fixture_build.query)
        assert [model for model in expected if ours[model] != expected[model]] == []
        assert rejected(query) - rejected(fixture_build.query) == {}
        assert (rejected(fixture_build.query) - rejected(query)).total() == 7


# the traps: a row for each, in one small company


def properties(**columns: str) -> dict:
    """A row as Airbyte lands it: all properties in one column of JSON."""
    return {"id": columns.pop("id"), "archived": "false", "properties": json.dumps(columns)}


#: what this company says of its labels and of staff without an e-mail in common
MAP = [
    "stage,99120045,discovery",
    "stage,Angebot,proposal",
    "opportunity_type,Expansion,cross_sell",
    "activity_type,Kennenlernen,meeting",
    "employee_id,12,E-Twelve",
    "employee_id,Ada@Firma.example,E-Ada",
]

#: the ids 1 and 2 are those of a company, a contact, a deal and a meeting at once
TRAPS = {
    "owners": rows(
        {"id": "11", "userId": "901", "email": "ada@firma.EXAMPLE", "firstName": "Ada", "lastName": "A"},
        {"id": "12", "userId": "11", "archived": "true"},
        archived="false",
    ),
    "companies": [
        properties(id="1", name="One", hubspot_owner_id="11", createdate="999999999000"),
        properties(id="2", name="Two", market_segment="SMB"),
        {**properties(id="3", name="Gone"), "archived": "true"},
    ],
    "contacts": rows(
        {"id": "1", "lifecyclestage": "customer", "hs_lead_status": "OPEN_DEAL", "associatedcompanyid": "1",
         "hs_v2_date_entered_salesqualifiedlead": "2025-01-20T10:00:00Z",
         "hs_v2_date_entered_lead": "2025-01-10T10:00:00Z", "createdate": "2021-01-01T00:00:00Z"},
        {"id": "2", "lifecyclestage": "lead", "hs_lead_status": "CONNECTED", "associatedcompanyid": "2",
         "hs_v2_date_entered_lead": "2025-01-05T10:00:00Z", "hs_analytics_source": "REFERRALS"},
        {"id": "3", "lifecyclestage": "subscriber", "became_mql": "2025-01-02T10:00:00Z"},
        {"id": "4", "lifecyclestage": "customer", "associatedcompanyid": "1"},
        {"id": "5", "lifecyclestage": "5544", "hs_v2_date_entered_5544": "1735725600000", "lead_source": "Fair",
         "referred_by": "1", "referred_on": "2025-01-01T00:00:00Z"},
        {"id": "6", "lifecyclestage": "customer", "hs_lead_status": "UNQUALIFIED", "associatedcompanyid": "1",
         "hs_v2_date_entered_lead": "2025-01-01T10:00:00Z"},
        {"id": "7", "lifecyclestage": "lead", "hs_lead_status": "UNQUALIFIED", "became_mql": "2025-04-01T10:00:00Z",
         "disqualified_at": "2025-05-05T05:05:05Z"},
        {"id": "8", "lifecyclestage": "lead", "hs_lead_status": "Neuer Wert"},
        {"id": "21", "lifecyclestage": "lead", "archived": "true"},
        {"id": "22", "lifecyclestage": "subscriber"},
        {"id": "23", "lifecyclestage": "lead", "archived": "true", "hs_merged_object_ids": "21;22"},
        {"id": "24", "lifecyclestage": "lead", "hs_merged_object_ids": "21;22;23"},
        {"id": "25", "lifecyclestage": "lead", "archived": "true"},
        # the record between was merged on, and names the survivor as if merges ran in a circle
        {"id": "26", "lifecyclestage": "lead", "archived": "true"},
        {"id": "27", "lifecyclestage": "lead", "archived": "true", "hs_merged_object_ids": "26;28"},
        {"id": "28", "lifecyclestage": "lead", "hs_merged_object_ids": "27"},
        {"id": "9", "lifecyclestage": "partner"},
        createdate="2025-01-03T10:00:00Z", archived="false", hubspot_owner_id="11",
    ),
    "contact_property_history": rows(
        {"contact_id": "6", "name": "hs_lead_status", "value": "UNQUALIFIED", "timestamp": "2025-02-01T08:00:00Z"},
        {"contact_id": "6", "name": "hs_lead_status", "value": "OPEN", "timestamp": "2025-02-02T08:00:00Z"},
        {"contact_id": "6", "name": "hs_lead_status", "value": "UNQUALIFIED", "timestamp": "2025-02-03T08:00:00Z"},
        {"contact_id": "6", "name": "hs_lead_status", "value": "", "timestamp": "2025-01-01T08:00:00Z"},
        {"contact_id": "1", "name": "lifecyclestage", "value": "lead", "timestamp": "2025-01-10T10:00:00Z"},
        {"contact_id": "1", "name": "lifecyclestage", "value": "customer", "timestamp": "1741132800000"},
        {"contact_id": "1", "name": "email", "value": "a@b.example", "timestamp": "2025-03-06T08:00:00Z"},
        {"contact_id": "7", "name": "hs_lead_status", "value": "UNQUALIFIED", "timestamp": "2025-04-04T04:04:04Z"},
    ),
    "deals": rows(
        # nine in the evening in UTC is the next day in Istanbul
        {"id": "1", "dealstage": "closedwon", "closedate": "2025-03-05T21:30:00Z", "amount": "1200"},
        {"id": "2", "dealstage": "99120045", "closedate": "2025-12-31T00:00:00Z"},
        {"id": "3", "dealstage": "Angebot", "dealtype": "Expansion", "closedate": "2025-12-31T00:00:00Z"},
        {"id": "4", "dealstage": "55555555", "closedate": "2025-12-31T00:00:00Z"},
        {"id": "5", "dealstage": "closedwon", "closedate": "2025-03-05T00:00:00Z"},
        {"id": "6", "dealstage": "closedlost", "closedate": "2025-03-05T00:00:00Z"},
        {"id": "7", "dealstage": "closedlost", "closedate": "2025-03-05T00:00:00Z", "hs_merged_object_ids": "6;7"},
        {"id": "8", "dealstage": "closedwon", "closedate": "2025-03-05T00:00:00Z", "archived": "true"},
        {"id": "9", "dealstage": "closedwon", "dealtype": "renewal", "closedate": "2026-03-01T08:00:00Z",
         "starts": "2026-03-06T00:00:00Z", "months": "24", "amount": "2400"},
        {"id": "10", "dealstage": "closedwon", "closedate": "2025-03-05T08:00:00Z", "months": "a year"},
        {"id": "11", "dealstage": "contractsent", "hs_primary_associated_company": "2", "customer": "3"},
        # a renewal on the day after the end, an upsell still running; then two that come early
        {"id": "12", "dealstage": "closedwon", "closedate": "2024-01-01T08:00:00Z", "amount": "1200"},
        {"id": "13", "dealstage": "closedwon", "dealtype": "existingbusiness", "closedate": "2024-07-01T08:00:00Z",
         "amount": "600"},
        {"id": "14", "dealstage": "closedwon", "dealtype": "renewal", "closedate": "2025-01-01T08:00:00Z",
         "amount": "1300"},
        {"id": "15", "dealstage": "closedwon", "dealtype": "renewal", "closedate": "2025-12-15T08:00:00Z"},
        {"id": "16", "dealstage": "closedwon", "dealtype": "renewal", "closedate": "2026-11-01T08:00:00Z"},
        # a renewal that comes late, beside an upsell that ends sooner after it than the contract did before
        {"id": "20", "dealstage": "closedwon", "closedate": "2024-01-01T08:00:00Z"},
        {"id": "21", "dealstage": "closedwon", "dealtype": "existingbusiness", "closedate": "2024-02-01T08:00:00Z"},
        {"id": "22", "dealstage": "closedwon", "dealtype": "renewal", "closedate": "2025-01-20T08:00:00Z"},
        createdate="2025-01-03T10:00:00Z", archived="false", hubspot_owner_id="11",
    ),
    "deal_contacts": rows(
        {"deal_id": "1", "contact_id": "1"}, {"deal_id": "1", "contact_id": "2"}, {"deal_id": "1", "contact_id": "3"},
        {"deal_id": "1", "contact_id": "2"}, {"deal_id": "2", "contact_id": "3"}, {"deal_id": "3", "contact_id": "22"},
    ),
    "deal_companies": rows(
        {"deal_id": "1", "company_id": "1", "type_id": "341"}, {"deal_id": "1", "company_id": "2", "type_id": "5"},
        {"deal_id": "1", "company_id": "2", "type_id": "341"}, {"deal_id": "9", "company_id": "2", "type_id": "5"},
        {"deal_id": "2", "company_id": "1", "type_id": "341"}, {"deal_id": "11", "company_id": "1"},
        *({"deal_id": deal, "company_id": "4", "type_id": "5"} for deal in ("12", "13", "14", "15", "16")),
        *({"deal_id": deal, "company_id": "6", "type_id": "5"} for deal in ("20", "21", "22")),
    ),
    "merged_deals": rows({"deal_id": "1", "merged_deal_id": "5"}, {"deal_id": "2", "merged_deal_id": "2"}),
    "deal_property_history": rows(
        {"name": "dealstage", "value": "appointmentscheduled", "timestamp": "2025-01-03T10:00:00Z"},
        {"name": "dealstage", "value": "44444444", "timestamp": "2025-01-04T10:00:00Z"},
        {"name": "amount", "value": "1200", "timestamp": "2025-01-05T10:00:00Z"},
        {"name": "dealstage", "value": "closedwon", "timestamp": "2025-03-05T21:30:00Z"},
        deal_id="1",
    ),
    "meetings": rows(
        {"id": "1", "hs_activity_type": "Kennenlernen"},
        {"id": "2", "hs_activity_type": "Demo", "hs_meeting_outcome": "NO_SHOW"},
        {"id": "31", "hs_meeting_outcome": "RESCHEDULED"},
        {"id": "32", "hs_activity_type": "Sprechstunde"},
        {"id": "33", "archived": "true"},
        hs_meeting_start_time="2025-01-15T10:00:00Z", hs_timestamp="2025-01-15T10:00:00Z", archived="false",
        hubspot_owner_id="11",
    ),
    "calls": rows(
        {"id": "41", "hs_call_status": "COMPLETED"}, {"id": "42", "hs_call_status": "NO_ANSWER"}, {"id": "43"},
        hs_timestamp="2025-01-15T10:00:00Z", archived="false", hubspot_owner_id="11",
    ),
    "emails": rows({"id": "51", "hs_email_status": "SENT"}, {"id": "52", "hs_email_status": "BOUNCED"},
                   hs_timestamp="2025-01-15T10:00:00Z", archived="false", hubspot_owner_id="11"),
    "tasks": rows(
        {"id": "61", "hs_task_status": "COMPLETED", "hs_task_completion_date": "2025-01-16T10:00:00Z"},
        {"id": "62", "hs_task_status": "NOT_STARTED"},
        {"id": "63"},
        hs_timestamp="2025-02-28T10:00:00Z", archived="false", hubspot_owner_id="11",
    ),
    "notes": rows({"id": "71"}, archived="false"),
    "engagement_contacts": rows(
        {"engagement_id": "1", "contact_id": "1"}, {"engagement_id": "1", "contact_id": "2"},
        {"engagement_id": "1", "contact_id": "2"}, {"engagement_id": "2", "contact_id": "2"},
        {"engagement_id": "41", "contact_id": "4"}, {"engagement_id": "42", "contact_id": "3"},
    ),
    "engagement_deals": rows(
        {"engagement_id": "2", "deal_id": "1"}, {"engagement_id": "51", "deal_id": "1"},
        {"engagement_id": "51", "deal_id": "2"},
    ),
    "engagement_companies": rows({"engagement_id": "2", "company_id": "2"}),
    "line_items": rows(
        {"id": "81", "recurringbillingfrequency": "monthly", "hs_recurring_billing_period": "P12M", "hs_tcv": "1200"},
        {"id": "82", "hs_tcv": "500"},
        {"id": "83", "recurringbillingfrequency": "annually", "hs_tcv": "9", "hs_arr": "700"},
        {"id": "84", "recurringbillingfrequency": "annually", "hs_recurring_billing_period": "P2W", "hs_tcv": "9"},
        {"id": "85", "recurringbillingfrequency": "monthly", "hs_tcv": "9"},
        hs_recurring_billing_start_date="1741132800000",
    ),
    "line_item_deals": rows(
        *({"line_item_id": line, "deal_id": "1"} for line in ("81", "82", "83", "84")),
        {"line_item_id": "85", "deal_id": "2"},
    ),
    "invoices": rows(
        {"id": "91", "hs_invoice_status": "paid", "hs_payment_date": "2025-03-05T21:30:00Z"},
        {"id": "92", "hs_invoice_status": "voided"},
        {"id": "93", "hs_invoice_status": "draft"},
        {"id": "94", "hs_invoice_status": "open", "hs_payment_date": "2025-03-05T00:00:00Z",
         "hs_invoice_date": "2025-02-01T21:30:00Z"},
        {"id": "95", "hs_invoice_status": "open", "hs_invoice_date": "2025-02-03"},
        hs_invoice_date="2025-02-01T00:00:00Z", hs_amount_billed="100", hs_currency="EUR",
    ),
    "invoice_companies": rows({"invoice_id": "91", "company_id": "2"}, {"invoice_id": "91", "company_id": "3"}),
}  # fmt: skip

#: the same company with Sales Hub's lead object: contact 1 was worked on twice
WITH_LEADS = TRAPS | {
    "leads": rows(
        {"id": "1", "hs_pipeline_stage": "unqualified-stage-id", "hs_primary_contact_id": "2",
         "hs_createdate": "2025-02-01T10:00:00Z"},
        {"id": "102", "hs_pipeline_stage": "qualified-stage-id", "hs_createdate": "2025-01-05T10:00:00Z",
         "referred_by": "2", "referred_on": "2025-01-05"},
        {"id": "103", "hs_pipeline_stage": "new-stage-id", "hs_primary_contact_id": "1",
         "hs_createdate": "2025-01-10T10:00:00Z"},
        {"id": "104", "hs_pipeline_stage": "new-stage-id", "archived": "true"},
        archived="false", hs_createdate="2025-01-01T10:00:00Z", hubspot_owner_id="11",
    ),
    "lead_contacts": rows({"lead_id": "102", "contact_id": "1"}),
    "deal_leads": rows({"deal_id": "2", "lead_id": "103"}),
    "deals": rows(
        *TRAPS["deals"],
        # half past midnight in Istanbul, on the day of lead 103
        {"id": "17", "dealstage": "contractsent", "createdate": "2025-01-09T21:30:00Z"},
        {"id": "18", "dealstage": "closedwon", "closedate": "2024-01-01T08:00:00Z"},
        {"id": "19", "dealstage": "closedwon", "dealtype": "renewal", "closedate": "2024-12-15T08:00:00Z"},
        {"id": "23", "dealstage": "closedwon", "dealtype": "renewal", "closedate": "2026-09-01T08:00:00Z"},
    ),
    "deal_contacts": [*TRAPS["deal_contacts"], {"deal_id": "17", "contact_id": "1"}],
    "deal_companies": [
        *TRAPS["deal_companies"],
        *({"deal_id": deal, "company_id": "5", "type_id": "5"} for deal in ("18", "19", "23")),
    ],
    "line_items": rows(
        *TRAPS["line_items"],
        *(
            {"id": line, "recurringbillingfrequency": "monthly", "hs_recurring_billing_period": "P12M",
             "hs_recurring_billing_start_date": start, "hs_tcv": worth}
            for line, start, worth in (
                ("86", "2024-01-01", "1000"), ("87", "2024-01-01", "500"),
                ("88", "2024-12-15", "1100"), ("89", "2024-12-15", "550"), ("97", "2026-09-01", "800"),
            )
        ),
        {"id": "96", "recurringbillingfrequency": "annually", "hs_recurring_billing_start_date": "2024-01-01", "hs_arr": "700"},
    ),
    "line_item_deals": [
        *TRAPS["line_item_deals"],
        *({"line_item_id": line, "deal_id": deal} for line, deal in (
            ("86", "18"), ("87", "18"), ("88", "19"), ("89", "19"), ("96", "18"), ("97", "23"),
        )),
    ],
    "lead_property_history": rows(
        {"lead_id": "1", "name": "hs_pipeline_stage", "value": "unqualified-stage-id",
         "timestamp": "2025-02-03T08:00:00Z"},
        {"lead_id": "1", "name": "hubspot_owner_id", "value": "11", "timestamp": "2025-02-04T08:00:00Z"},
    ),
    "engagement_leads": rows({"engagement_id": "2", "lead_id": "103"}),
}  # fmt: skip

#: with a custom object of referrals, each of which names a lead or a contact
WITH_REFERRALS = WITH_LEADS | {
    "leads": rows(*WITH_LEADS["leads"], {"id": "3", "hs_pipeline_stage": "new-stage-id", "hs_primary_contact_id": "1"}),
    "referrals": rows(
        {"id": "201", "referred_lead_id": "1"},
        {"id": "202", "referred_lead_id": "3"},
        {"id": "203", "referred_lead_id": "2"},
        {"id": "204", "referred_lead_id": "9"},
        referring_account_id="2", referred_on="2025-01-01T00:00:00Z",
    ),
}  # fmt: skip

SETTINGS_OF_TRAPS = {
    "crm_source": "hubspot",
    "as_of_date": "2026-11-15",
    "absent_inputs": ["hr.employees", "hr.job_assignments", "reference.kpi_targets", "reference.exchange_rates"],
}


#: name -> the company's objects, what its map says besides, its settings
COMPANIES = {
    "traps": (TRAPS, [], {
        "lead_stages": ["lead", "salesqualifiedlead", "5544"],
        "contracts_from": "won_opportunities",
        "referrals_from": "lead",
        "source_currency": "EUR",
        "fields": {
            "accounts.segment": "market_segment",
            "leads.source": "lead_source",
            "leads.created_at": "became_mql",
            "leads.disqualified_at": "disqualified_at",
            "referrals.referring_account_id": "referred_by",
            "referrals.referred_on": "referred_on",
            "opportunities.contract_start_date": "starts",
            "opportunities.contract_term_months": "months",
        },
    }),
    "with_leads": (WITH_LEADS, [], {
        "lead_is": "lead",
        "contracts_from": "line_items",
        "invoices_from": "native",
        "referrals_from": "lead",
        "fields": {
            "referrals.referring_account_id": "referred_by",
            "referrals.referred_on": "referred_on",
            "opportunities.account_id": "customer",
        },
    }),
    "with_referrals": (WITH_REFERRALS, ["activity_type,,demo"], {"lead_is": "lead", "referrals_from": "native"}),
}  # fmt: skip


def build_of(company: str, folder: Path, *arguments: str, place: dict | None = None, **environment: str) -> Run:
    """The mapping of a small company, in a copy of its part of the project whose map says more than HubSpot's
    defaults.
    """
    objects, words, settings = COMPANIES[company]
    project = folder / "project"
    for name in ("macros", "models/input", "seeds/mappings", "tests/generic"):
        shutil.copytree(ROOT / name, project / name)
    for name in ("dbt_project.yml", "profiles.yml", "models/_columns.md"):
        shutil.copy(ROOT / name, project / name)
    with (project / "seeds" / "mappings" / "hubspot.csv").open("a", encoding="utf-8") as file:
        file.write("\n".join([*MAP, *words]) + "\n")
    write_objects(objects, folder / "in" / "hubspot")
    with mock.patch.object(conftest, "ROOT", project):
        run = dbt(
            folder / "out", "build", "--select", "hubspot", "input.hubspot", *arguments,
            settings={**SETTINGS_OF_TRAPS, **(place or {"input_dir": str(folder / "in")}), **settings},
            **environment,
        )  # fmt: skip
    assert run.code == 0, run.output
    return run


@pytest.fixture(scope="module")
def traps(tmp_path_factory) -> Run:
    return build_of("traps", tmp_path_factory.mktemp("traps"))


@pytest.fixture(scope="module")
def with_leads(tmp_path_factory) -> Run:
    return build_of("with_leads", tmp_path_factory.mktemp("with_leads"))


@pytest.fixture(scope="module")
def with_referrals(tmp_path_factory) -> Run:
    return build_of("with_referrals", tmp_path_factory.mktemp("with_referrals"))


def in_whole_seconds(found: list[tuple]) -> Counter:
    """Rows without the zeros behind a stamp's seconds, of which each database writes its own number."""
    return Counter(
        tuple(re.sub("(:[0-9]{2})[.]0+$", r"\1", value) if isinstance(value, str) else value for value in row)
        for row in found
    )


#: properties that HubSpot types as numbers, and loaders as floating point
NUMBERS = {"associatedcompanyid", "hs_primary_associated_company", "months", "referred_by"}


def test_ids_that_a_loader_took_for_numbers_are_whole(traps, tmp_path):
    objects = COMPANIES["traps"][0]
    write_objects(objects, tmp_path / "csv")
    (tmp_path / "parquet" / "hubspot").mkdir(parents=True)
    changed = set()
    for name, rows_of_object in objects.items():
        numbers = {
            column
            for column in NUMBERS & rows_of_object[0].keys()
            if all(not row[column] or row[column].isdigit() for row in rows_of_object)
        }
        changed |= numbers
        casts = ", ".join(f"cast(nullif({column}, '') as double) as {column}" for column in sorted(numbers))
        duckdb.execute(
            f"copy (select * {f'replace ({casts})' if casts else ''}"
            f" from read_csv('{tmp_path}/csv/{name}.csv', all_varchar = true))"
            f" to '{tmp_path}/parquet/hubspot/{name}.parquet'"
        )
    assert "associatedcompanyid" in changed
    run = build_of("traps", tmp_path, place={"input_dir": str(tmp_path / "parquet"), "input_format": "parquet"})
    for table, columns in {
        "leads": "lead_id, converted_account_id, referring_account_id",
        "opportunities": "opportunity_id, account_id, lead_id",
        "contracts": "contract_id, account_id, start_date, end_date",
    }.items():
        sql = f"select {columns} from input.hubspot__{table}"
        assert Counter(run.query(sql)) == Counter(traps.query(sql)), table


@pytest.mark.parametrize("company", COMPANIES)
def test_postgresql_gives_the_same_as_duckdb(company, server, request, tmp_path):
    on_duckdb = request.getfixturevalue(company)
    with closing(connected(server)) as connection, connection.cursor() as cursor:
        load(cursor, company, COMPANIES[company][0])
        build_of(company, tmp_path, "--target", "postgres", place={"crm_schema": company}, **server)
        tables = on_duckdb.query(
            "select table_name from information_schema.tables where table_schema = 'input' order by 1"
        )
        assert ("hubspot__contracts" in {name for (name,) in tables}) == ("contracts_from" in COMPANIES[company][2])
        for (table,) in tables:
            sql = f"select * from input.{table}"
            cursor.execute(sql)
            assert in_whole_seconds(cursor.fetchall()) == in_whole_seconds(on_duckdb.query(sql)), table


def mapped_to(run: Run, table: str, *columns: str) -> dict:
    """native id -> the columns of its row of the contract."""
    return {
        key: values[0] if len(values) == 1 else values
        for key, *values in run.query(f"select native_id, {', '.join(columns)} from input.hubspot__{table}")
    }


def test_owners_are_named_by_their_id_and_those_archived_stay(traps):
    users = mapped_to(traps, "users", "user_id", "full_name", "excluded_because")
    assert users == {"11": ["11", "Ada A", None], "12": ["12", None, None]}


def test_employees_are_those_that_the_map_names_by_id_or_email(traps):
    assert mapped_to(traps, "users", "employee_id") == {"11": "E-Ada", "12": "E-Twelve"}


def test_companies_are_found_in_one_column_of_json(traps):
    accounts = mapped_to(traps, "accounts", "account_name", "segment", "created_at", "excluded_because")
    assert accounts["1"][:2] == ["One", None] and accounts["1"][2].startswith("2001-09-09 01:46:39")
    assert accounts["2"] == ["Two", "SMB", None, None]
    assert accounts["3"][3] == "deleted"


def test_subscribers_partners_and_customers_staff_are_no_leads(traps):
    excluded = mapped_to(traps, "leads", "excluded_because")
    assert {key for key, reason in excluded.items() if reason == "not_a_lead"} == {"3", "4", "9"}
    assert excluded["25"] == "deleted"


def test_a_lead_enters_with_its_first_stage_and_not_with_the_newsletter(traps):
    entered = mapped_to(traps, "leads", "created_at")
    assert entered["1"] == "2025-01-10T10:00:00Z"
    assert entered["5"].startswith("2025-01-01 10:00:00")
    assert entered["8"] == "2025-01-03T10:00:00Z"


def test_a_field_says_when_a_lead_entered_and_not_who_is_one(traps):
    leads = mapped_to(traps, "leads", "created_at", "excluded_because")
    assert leads["7"] == ["2025-04-01T10:00:00Z", None]
    assert leads["3"][1] == "not_a_lead"


def test_where_two_properties_disagree_a_disqualification_goes_first(traps):
    status = mapped_to(traps, "leads", "status")
    assert {key: status[key] for key in ("1", "2", "5", "6", "7")} == {
        "1": "converted", "2": "working", "5": "new", "6": "disqualified", "7": "disqualified",
    }  # fmt: skip


def test_a_label_without_a_code_goes_through(traps):
    assert mapped_to(traps, "leads", "status")["8"] == "Neuer Wert"
    assert mapped_to(traps, "opportunities", "stage")["4"] == "55555555"
    assert mapped_to(traps, "activities", "activity_type")["32"] == "Sprechstunde"
    assert ("44444444",) in traps.query("select stage from input.hubspot__opportunity_stage_history")


def test_disqualification_is_dated_by_its_property_and_else_by_the_last_change(traps):
    disqualified = mapped_to(traps, "leads", "disqualified_at")
    assert (disqualified["6"], disqualified["7"]) == ("2025-02-03T08:00:00Z", "2025-05-05T05:05:05Z")
    assert disqualified["1"] is None


def test_the_source_is_the_property_and_not_where_the_browser_came_from(traps):
    source = mapped_to(traps, "leads", "source")
    assert (source["2"], source["5"]) == (None, "Fair")


def test_a_guessed_company_counts_once_the_lead_is_converted(traps):
    accounts = mapped_to(traps, "leads", "converted_account_id")
    assert (accounts["1"], accounts["2"], accounts["6"]) == ("1", None, None)


def test_merged_contacts_name_the_one_that_lives(traps):
    leads = mapped_to(traps, "leads", "merged_into_lead_id", "excluded_because")
    assert leads["21"] == leads["22"] == leads["23"] == ["24", None]
    assert leads["24"] == [None, None]
    assert leads["26"] == leads["27"] == ["28", None]
    assert leads["28"] == [None, None]


def test_the_history_of_the_status_is_that_of_two_properties(traps):
    history = Counter(
        traps.query("select native_id, status, excluded_because from input.hubspot__lead_status_history")
    )
    assert history == {
        ("6", "disqualified", None): 2, ("6", "working", None): 1, ("6", "new", "cleared"): 1,
        ("1", "converted", None): 1, ("1", None, "other_stage"): 1, ("1", None, "other_property"): 1,
        ("7", "disqualified", None): 1,
    }  # fmt: skip


def test_stages_have_an_id_a_pipeline_and_old_labels(traps):
    assert mapped_to(traps, "opportunities", "stage", "opportunity_type")["2"] == ["discovery", "new_business"]
    assert mapped_to(traps, "opportunities", "stage", "opportunity_type")["3"] == ["proposal", "cross_sell"]


def test_an_open_deals_day_is_a_hope(traps):
    closed = mapped_to(traps, "opportunities", "closed_at")
    assert (closed["1"], closed["2"], closed["3"]) == ("2025-03-05T21:30:00Z", None, None)


def test_the_losers_of_a_merge_are_no_deals(traps):
    excluded = mapped_to(traps, "opportunities", "excluded_because")
    assert (excluded["5"], excluded["6"], excluded["7"], excluded["8"]) == (
        "merged_deal", "merged_deal", None, "deleted",
    )  # fmt: skip
    # 2 and 7 are their own parts
    assert excluded["2"] is None


def test_a_deal_with_many_contacts_and_companies_is_one_row(traps):
    links = traps.query("select lead_id, account_id from input.hubspot__opportunities where native_id = '1'")
    assert links == [("2", "2")]
    links = mapped_to(traps, "opportunities", "lead_id", "account_id")
    assert links["2"] == [None, "1"]
    assert links["3"] == ["22", None]


def test_a_deals_company_is_the_one_that_a_field_names_and_else_the_primary_one(traps, with_leads):
    """Associations without a type do not say which is."""
    accounts = (mapped_to(run, "opportunities", "account_id") for run in (traps, with_leads))
    assert [(found["1"], found["11"]) for found in accounts] == [("2", "2"), ("2", "3")]


def test_only_the_history_of_the_stage_is_one(traps):
    assert traps.query(
        "select stage from input.hubspot__opportunity_stage_history where excluded_because is null order by changed_at"
    ) == [("prospecting",), ("44444444",), ("closed_won",)]


def test_an_activity_of_two_leads_is_a_row_for_each(traps):
    found = traps.query(
        "select activity_id, lead_id, native_rows from input.hubspot__activities where native_id = '1' order by 1"
    )
    assert found == [("1:1", "1", 1), ("1:2", "2", 0)]


def test_an_activity_of_two_deals_is_a_row_for_each(traps):
    found = traps.query(
        "select activity_id, opportunity_id, native_rows from input.hubspot__activities where native_id = '51' order by 1"
    )
    assert found == [("51:deal-1", "1", 1), ("51:deal-2", "2", 0)]


def test_ids_are_unique_within_an_object_type_only(traps):
    links = mapped_to(traps, "activities", "activity_id", "lead_id", "opportunity_id", "account_id")
    assert links["2"] == ["2", "2", "1", "2"]


def test_a_meeting_with_a_customers_staff_is_one_with_the_customer(traps):
    links = mapped_to(traps, "activities", "lead_id", "account_id")
    assert (links["41"], links["42"]) == ([None, "1"], [None, None])


def test_activities_have_types_and_outcomes_of_their_own(traps):
    assert mapped_to(traps, "activities", "activity_type", "status", "excluded_because") == {
        "1": ["meeting", "completed", None], "2": ["demo", "no_show", None],
        "31": ["meeting", "scheduled", None], "32": ["Sprechstunde", "completed", None],
        "33": ["meeting", "completed", "deleted"],
        "41": ["call", "completed", None], "42": ["call", "no_show", None], "43": ["call", "completed", None],
        "51": ["email", "completed", None], "52": ["email", "cancelled", None],
        "61": ["task", "completed", None], "62": ["task", "scheduled", None], "63": ["task", "completed", None],
        "71": [None, None, "note"],
    }  # fmt: skip


def test_what_a_blank_label_means_the_map_says(with_referrals):
    types = mapped_to(with_referrals, "activities", "activity_type")
    assert (types["1"], types["31"], types["43"]) == ("meeting", "demo", "call")


def test_a_task_happened_when_it_was_completed_and_not_when_it_was_due(traps):
    occurred = mapped_to(traps, "activities", "occurred_at")
    assert (occurred["61"], occurred["62"]) == ("2025-01-16T10:00:00Z", "2025-02-28T10:00:00Z")


def test_won_deals_are_contracts_from_the_day_of_their_moment(traps):
    contracts = mapped_to(
        traps, "contracts", "contract_type", "signed_on", "start_date", "end_date", "renewed_from_contract_id",
        "currency",
    )  # fmt: skip
    assert contracts == {
        "1": ["new", "2025-03-06", "2025-03-06", "2026-03-05", None, "EUR"],
        "9": ["renewal", "2026-03-01", "2026-03-06", "2028-03-05", "1", "EUR"],
        "10": ["new", "2025-03-05", "2025-03-05", "a year", None, "EUR"],
        "12": ["new", "2024-01-01", "2024-01-01", "2024-12-31", None, "EUR"],
        "13": ["upsell", "2024-07-01", "2024-07-01", "2025-06-30", None, "EUR"],
        "14": ["renewal", "2025-01-01", "2025-01-01", "2025-12-31", "12", "EUR"],
        "15": ["renewal", "2025-12-15", "2025-12-15", "2026-12-14", "14", "EUR"],
        "16": ["renewal", "2026-11-01", "2026-11-01", "2027-10-31", "15", "EUR"],
        "20": ["new", "2024-01-01", "2024-01-01", "2024-12-31", None, "EUR"],
        "21": ["upsell", "2024-02-01", "2024-02-01", "2025-01-31", None, "EUR"],
        "22": ["renewal", "2025-01-20", "2025-01-20", "2026-01-19", "20", "EUR"],
    }


def test_columns_of_the_lead_make_its_referral(traps, with_leads):
    columns = ("referring_account_id", "referred_lead_id", "referred_on", "native_rows")
    assert mapped_to(traps, "referrals", *columns) == {"5": ["1", "5", "2025-01-01", 0]}
    assert mapped_to(with_leads, "referrals", *columns) == {"102": ["2", "102", "2025-01-05", 0]}


def test_with_the_lead_object_contacts_are_no_leads(with_leads):
    leads = mapped_to(with_leads, "leads", "status", "disqualified_at", "converted_account_id", "excluded_because")
    assert leads == {
        "1": ["disqualified", "2025-02-03T08:00:00Z", None, None],
        "102": ["converted", None, "1", None],
        "103": ["new", None, None, None],
        "104": ["new", None, None, "deleted"],
    }


def test_deals_and_activities_find_the_lead_object_through_the_contact(with_leads):
    """A deal is about the latest lead of contact 1 that was there on the day of its creation, else about the first;
    an activity about the first; unless the lead is named itself.
    """
    assert {key: lead for key, lead in mapped_to(with_leads, "opportunities", "lead_id").items() if lead} == {
        "1": "102", "2": "103", "17": "103",
    }  # fmt: skip
    links = with_leads.query("select native_id, lead_id from input.hubspot__activities where lead_id is not null")
    assert sorted(links) == [("1", "1"), ("1", "102"), ("2", "103")]


def test_lines_of_won_deals_are_contracts_unless_they_are_paid_once(with_leads):
    contracts = mapped_to(
        with_leads, "contracts", "start_date", "end_date", "total_value", "account_id", "excluded_because"
    )
    assert contracts == {
        "81": ["2025-03-05", "2026-03-04", "1200", "2", None],
        "82": ["2025-03-05", None, None, "2", "one_time_fee"],
        "83": ["2025-03-05", None, "700", "2", None],
        "84": ["2025-03-05", "P2W", "9", "2", None],
        "85": ["2025-03-05", None, None, None, "no_won_deal"],
        "86": ["2024-01-01", "2024-12-31", "1000", "5", None],
        "87": ["2024-01-01", "2024-12-31", "500", "5", None],
        "88": ["2024-12-15", "2025-12-14", "1100", "5", None],
        "89": ["2024-12-15", "2025-12-14", "550", "5", None],
        "96": ["2024-01-01", None, "700", "5", None],
        "97": ["2026-09-01", "2027-08-31", "800", "5", None],
    }


def test_of_lines_that_end_on_one_day_each_is_renewed_once(with_leads):
    """And one without an end by what comes when no other has ended of late."""
    renewed = mapped_to(with_leads, "contracts", "renewed_from_contract_id")
    assert {line: earlier for line, earlier in renewed.items() if earlier} == {"88": "86", "89": "87", "97": "96"}


def test_a_referral_names_a_lead_or_else_a_contact(with_referrals):
    """Ids 1 and 3 are those of a lead and a contact, contact 2 is known as lead 1, contact 9 is no lead."""
    assert mapped_to(with_referrals, "referrals", "referred_lead_id") == {"201": "1", "202": "3", "203": "1", "204": "9"}


def test_invoices_are_paid_on_the_day_of_a_moment_and_drafts_are_none(with_leads):
    invoices = mapped_to(with_leads, "invoices", "status", "issued_on", "paid_on", "account_id", "excluded_because")
    assert invoices == {
        "91": ["paid", "2025-02-01", "2025-03-06", "2", None],
        "92": ["void", "2025-02-01", None, None, None],
        "93": ["draft", "2025-02-01", None, None, "draft"],
        "94": ["open", "2025-02-02", "2025-03-05", None, None],
        "95": ["open", "2025-02-03", None, None, None],
    }


@pytest.mark.parametrize("company", COMPANIES)
def test_each_native_row_is_mapped_or_left_out(company, request):
    run, objects = request.getfixturevalue(company), COMPANIES[company][0]
    mapped = Counter()
    for (table,) in run.query(
        "select table_name from duckdb_columns() where schema_name = 'input' and column_name = 'native_rows'"
    ):
        mapped += Counter(
            dict(run.query(f"select native_table, sum(native_rows) from input.{table} group by native_table"))
        )
    assert mapped == {table: len(objects[table]) for table in mapped}
    assert {"deals", "meetings", "calls", "emails", "tasks", "notes", "owners", "companies"} < set(mapped)


# what must be said, and is not


@pytest.fixture
def refused(project_on_files, tmp_path):
    """A function that runs the project on HubSpot's exports: it must stop before the first model."""

    def run(*words: str, objects: dict = TRAPS, **settings) -> None:
        write_objects(objects, tmp_path / "hubspot")
        result = project_on_files.invoke(
            "run",
            settings={**SETTINGS_OF_TRAPS, "input_dir": str(tmp_path), **settings},
            warehouse=tmp_path / "sales_kpis.duckdb",
        )
        message = "\n".join([str(result.exception), *(item.message or "" for item in result.result or [])])
        assert not result.success
        assert all(word in message for word in words), message

    return run


def without(name: str, *columns: str) -> dict:
    return TRAPS | {
        name: [{key: value for key, value in row.items() if key not in columns} for row in TRAPS[name]]
    }


def test_what_hubspot_does_not_have_is_refused(refused):
    refused("lead_is", "contact, lead", lead_is="opportunity")
    refused("contracts_from", "native, won_opportunities, line_items, own", contracts_from="order")
    refused("lead_stages", "internal names", lead_stages=["Sales/qualified"])


def test_a_referral_on_the_lead_needs_its_columns(refused):
    refused("fields", "hubspot.contacts", "referrals.referring_account_id", referrals_from="lead")


def test_a_column_that_is_needed_is_named_with_the_setting_that_can_name_another(refused):
    refused("hubspot.contacts", "no column lifecyclestage", objects=without("contacts", "lifecyclestage"))
    refused(
        "hubspot.invoices", "no column hs_payment_date", "fields", "invoices.paid_on",
        objects=without("invoices", "hs_payment_date"), invoices_from="native",
    )  # fmt: skip


@pytest.mark.parametrize(
    "name, column",
    [
        *((name, "hubspot_owner_id") for name in ("contacts", "deals", "meetings", "calls", "emails", "tasks")),
        ("calls", "hs_call_status"),
    ],
)
def test_records_of_nobody_and_calls_that_always_took_place_are_none(name, column, refused):
    refused(f"hubspot.{name}", f"no column {column}", objects=without(name, column))


def test_owners_are_not_asked_for_where_there_are_no_users(refused):
    refused(
        "hubspot.calls", "no column hs_call_status", objects=without("calls", "hubspot_owner_id", "hs_call_status"),
        absent_inputs=[*SETTINGS_OF_TRAPS["absent_inputs"], "crm.users"],
    )  # fmt: skip


def test_init_names_the_owners_that_are_missing(tmp_path, monkeypatch, capsys):
    shutil.copytree(ROOT / "seeds" / "mappings", tmp_path / "seeds" / "mappings")
    monkeypatch.setattr(init, "ROOT", tmp_path)
    write_objects(without("calls", "hubspot_owner_id"), tmp_path / "exports" / "hubspot")
    assert main(["init", str(tmp_path / "exports")]) == 0
    assert "calls: 3 rows\n    column hubspot_owner_id is missing" in capsys.readouterr().out


def test_without_the_days_of_the_stages_customers_who_were_leads_are_not_guessed(refused):
    refused(
        "hubspot.contacts", "none of the columns hs_v2_date_entered_lead", "lead_stages",
        objects=without("contacts", "hs_v2_date_entered_lead", "hs_v2_date_entered_salesqualifiedlead"),
    )  # fmt: skip


def test_associations_must_be_there_or_said_to_be_absent(refused):
    refused(
        "hubspot.deal_contacts", "absent_inputs",
        objects={name: rows for name, rows in TRAPS.items() if name != "deal_contacts"},
    )  # fmt: skip
