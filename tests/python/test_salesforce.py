"""Salesforce's exports as the tables of the contract."""

import re
from collections import Counter
from pathlib import Path

import pytest

from conftest import FIXTURE_SETTINGS, Run, dbt_here
from extracts import fixture_rows, write_extract_of
from native_exports import loaders_name, rows, salesforce, write_objects


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> Path:
    """The fixture's company: its CRM as Salesforce exports it, the rest as tables of the contract."""
    folder = tmp_path_factory.mktemp("salesforce")
    tables = fixture_rows()
    write_extract_of(tables, folder)
    for file in (folder / "crm").iterdir():
        file.unlink()
    write_objects(salesforce.export(tables), folder / "salesforce")
    return folder


@pytest.fixture(scope="module")
def mapped(exported, tmp_path_factory) -> Run:
    run = dbt_here(
        tmp_path_factory.mktemp("mapped"),
        "build", "--exclude", "test_type:generic",
        settings={**FIXTURE_SETTINGS, **salesforce.SETTINGS, "input_dir": str(exported)},
    )
    assert run.code == 0, run.output
    return run


def test_the_fixture_gives_the_same_kpis(mapped, fixture_build):
    for (model,) in fixture_build.query("select table_name from duckdb_tables() where table_name like 'kpi_%'"):
        ours, expected = (set(run.query(f"from marts.{model}")) for run in (mapped, fixture_build))
        assert ours == expected, model


def rejected(run: Run) -> Counter:
    """The rejected rows with keys in the words of the contract: cleaned, without an object's prefix."""
    return Counter(
        (table, "|".join(salesforce.code(re.sub("^(00[16Q]|800)(?=.)", "", part)) for part in key.split("|")), reasons)
        for table, key, reasons in run.query("select source_table, row_key, reasons from marts.rejected_rows")
    )


def test_the_fixture_gives_the_same_rejected_rows(mapped, fixture_build):
    """But for a stage entered twice at once: the second row has the stage of the one before, an edit."""
    lost = rejected(fixture_build) - rejected(mapped)
    assert rejected(mapped) - rejected(fixture_build) == {}
    assert {(table, reasons) for table, _, reasons in lost} == {("crm.opportunity_stage_history", "duplicate_key")}
    unchanged = mapped.query("select count(*) from input.salesforce__opportunity_stage_history where excluded_because = 'unchanged_stage'")
    assert unchanged == [(lost.total(),)]


def test_what_is_left_out_is_counted(mapped):
    assert mapped.query("from marts.excluded_rows where reason <> 'unchanged_stage'") == []


# the traps: a row for each, in one small company


SHORT_ID, LONG_ID = "001D000000IRt53", "001D000000IRt53IAD"

TRAPS = {
    "User": rows({"Id": "005A", "Name": "Ada", "Email": "ada@firma.example", "IsActive": "false", "EmployeeNumber": "EMPLOYEE0000012"}),
    "Account": rows(
        {"Id": SHORT_ID, "Name": "Short id"},
        {"Id": "001B", "Name": "Kept"},
        {"Id": "001C", "Name": "Deleted", "IsDeleted": "true"},
        {"Id": "001D", "Name": "Deleted where the loader saw it", "_fivetran_deleted": "true"},
        IsDeleted="false", _fivetran_deleted="false",
    ),
    "Lead": rows(
        {"Id": "00QA", "Status": "Closed - Converted", "IsConverted": "true", "ConvertedAccountId": LONG_ID,
         "ConvertedContactId": "003A", "ConvertedOpportunityId": "006A"},
        {"Id": "00QB", "Status": "Nurturing", "ConvertedAccountId": "001B"},
        {"Id": "00QC", "Status": "New", "IsDeleted": "true"},
        {"Id": "00QD", "Status": "New", "IsDeleted": "true", "MasterRecordId": "00QB"},
        {"Id": "00QE", "Status": "Unqualified"},
        {"Id": "00QF", "Status": "Brand new label", "OwnerId": "00GQueue"},
        {"Id": "00QG", "Status": "New", "RecordTypeId": "012Partner"},
        {"Id": "00QH", "Status": "Qualified", "IsConverted": "true", "ConvertedContactId": "003A",
         "ConvertedOpportunityId": "006A", "CreatedDate": "2025-01-09T00:00:00.000Z"},
        {"Id": "00QI", "Status": "DISQUALIFIED"},
        IsConverted="false", IsDeleted="false", RecordTypeId="012Sales", CreatedDate="2025-01-02T10:00:00.000+0000",
    ),
    "RecordType": rows({"Id": "012Sales", "DeveloperName": "Sales"}, {"Id": "012Partner", "DeveloperName": "Partner"}),
    "LeadHistory": rows(
        {"Id": "017A", "LeadId": "00QE", "Field": "Status", "NewValue": "Working - Contacted",
         "CreatedDate": "1736157600000"},
        {"Id": "017E", "LeadId": "00QE", "Field": "Status", "NewValue": "Unqualified",
         "CreatedDate": "2025-01-20T08:00:00.000Z"},
        {"Id": "017B", "LeadId": "00QE", "Field": "Status", "NewValue": "Unqualified",
         "CreatedDate": "2025-02-01T08:00:00.000Z"},
        {"Id": "017D", "LeadId": "00QI", "Field": "Status", "NewValue": "Disqualified",
         "CreatedDate": "2025-02-03T08:00:00.000Z"},
        {"Id": "017C", "LeadId": "00QE", "Field": "Owner", "NewValue": "005A", "CreatedDate": "2025-03-01T08:00:00.000Z"},
    ),
    "Opportunity": rows(
        {"Id": "006A", "StageName": "Closed Won", "IsClosed": "true", "CloseDate": "2025-03-05T00:00:00.000Z"},
        {"Id": "006B", "StageName": "Prospecting", "IsClosed": "false", "CloseDate": "2025-12-31", "Lead__c": "00QB"},
        {"Id": "006C", "StageName": "Closed Lost", "IsClosed": "true", "CloseDate": "1741132800000",
         "Type": "Existing Customer - Replacement"},
        {"Id": "006D", "StageName": "Closed Won", "IsClosed": "true", "IsDeleted": "true", "CloseDate": "2025-03-05"},
        {"Id": "006N", "AccountId": "001R", "CloseDate": "2024-01-01", "Amount": "8.0E7"},
        {"Id": "006O", "AccountId": "001R", "CloseDate": "2023-07-01"},
        {"Id": "006P", "AccountId": "001R", "CloseDate": "2024-07-11", "Type": "Renewal"},
        {"Id": "006Q", "AccountId": "001R", "CloseDate": "2025-01-11", "Type": "Renewal"},
        {"Id": "006R", "AccountId": "001R", "CloseDate": "2024-07-15", "Type": "Upsell", "Months__c": "24.0"},
        StageName="Closed Won", IsClosed="true", Months__c="12",
        Type="New Customer", CreatedDate="2025-01-03T10:00:00.000Z", IsDeleted="false", AccountId="001B",
    ),
    "OpportunityHistory": rows(
        {"Id": "008A", "StageName": "Prospecting", "CreatedDate": "2025-01-03T10:00:00.000Z"},
        {"Id": "008C", "StageName": "Retired stage", "CreatedDate": "2025-01-03T23:30:00.000+0000"},
        {"Id": "008B", "StageName": "Prospecting", "CreatedDate": "2025-01-04T01:00:00.000+0200"},
        {"Id": "008D", "StageName": "Closed Won", "CreatedDate": "2025-03-05T10:00:00.000Z"},
        OpportunityId="006A",
    ),
    "Task": rows(
        {"Id": "00TA", "WhoId": "003A", "Type": "Call", "Status": "Completed",
         "CompletedDateTime": "2025-01-04T10:00:00.000Z", "ActivityDate": "2025-02-02", "IsArchived": "true"},
        {"Id": "00TB", "WhoId": "00QB", "TaskSubtype": "Email", "Status": "Not Started", "ActivityDate": "2025-02-02"},
        {"Id": "00TC", "WhoId": "00QUnknown", "Type": "Call", "Status": "Completed", "IsRecurrence": "true"},
        {"Id": "00TF", "WhoId": "003A", "Type": "Call", "Status": "Completed", "ActivityDate": "2025-01-10"},
        {"Id": "00TG", "WhoId": "003A", "Type": "Call", "Status": "Completed", "ActivityDate": "2024-12-01"},
        {"Id": "00TH", "WhoId": "003A", "Type": "Call", "Status": "Completed", "ActivityDate": "some day"},
        {"Id": "00TD", "WhoId": "003Other", "AccountId": "001B", "Type": "Call", "Status": "Won't do"},
        {"Id": "00TE", "WhoId": "00QUnknown", "WhatId": "001Unknown", "Type": "Call", "Status": "Completed"},
        IsRecurrence="false", IsDeleted="false", OwnerId="005A",
    ),
    "Event": rows(
        {"Id": "00UA", "WhatId": "006A", "Type": "Meeting", "StartDateTime": "2025-01-05T10:00:00.000Z"},
        {"Id": "00UB", "WhatId": "001B", "StartDateTime": "2025-01-06T00:00:00.000Z", "IsAllDayEvent": "true",
         "ActivityDate": "2025-01-06"},
        {"Id": "00UC", "WhatId": "001B", "Type": "Demo", "StartDateTime": "2025-01-07T10:00:00.000Z",
         "Meeting_Outcome__c": "Cancelled"},
        {"Id": "00UD", "Type": "Meeting", "GroupEventType": "3"},
        {"Id": "00UE", "Type": "Meeting", "IsDeleted": "true"},
        IsAllDayEvent="false", IsDeleted="false", OwnerId="005A",
    ),
    "OpportunityStage": rows(
        {"MasterLabel": "Prospecting", "IsWon": "false", "IsClosed": "false"},
        {"MasterLabel": "Closed Won", "IsWon": "true", "IsClosed": "true"},
        {"MasterLabel": "Closed Lost", "IsWon": "false", "IsClosed": "true"},
    ),
    "DatedConversionRate": rows({"Id": "04w", "IsoCode": "USD", "StartDate": "2025-01-01", "ConversionRate": "0.025"}),
}


@pytest.fixture(scope="module", params=["API names", "a loader's names"])
def traps(request, tmp_path_factory) -> Run:
    """The mapping of the small company, from files as Data Loader writes them and as a loader's tables."""
    folder = tmp_path_factory.mktemp("traps")
    spelled = str if request.param == "API names" else loaders_name
    objects = TRAPS if request.param == "API names" else {loaders_name(name): rows for name, rows in TRAPS.items()}
    write_objects(objects, folder / "in" / "salesforce", spelled)
    selected = ("salesforce", "input.salesforce", "assert_stages_are_won_and_closed_as_in_salesforce")
    run = dbt_here(folder, "build", "--select", *selected, settings=trap_settings(folder))
    assert run.code == 0, run.output
    return run


def trap_settings(folder: Path) -> dict:
    return {
        "input_dir": str(folder / "in"),
        "crm_source": "salesforce",
        "lead_record_types": ["Sales"],
        "exchange_rates_from": "native",
        "contracts_from": "won_opportunities",
        "fields": {
            "opportunities.lead_id": "Lead__c", "activities.status": "Meeting_Outcome__c",
            "opportunities.contract_term_months": "Months__c",
        },
        "absent_inputs": ["hr.employees", "hr.job_assignments", "reference.kpi_targets"],
    }


def mapped_to(run: Run, table: str, *columns: str) -> dict:
    """native id -> the columns of its row of the contract."""
    return {
        key: values[0] if len(values) == 1 else values
        for key, *values in run.query(f"select native_id, {', '.join(columns)} from input.salesforce__{table}")
    }


def test_users_that_left_stay(traps):
    assert mapped_to(traps, "users", "excluded_because", "employee_id") == {"005A": [None, "EMPLOYEE0000012"]}


def test_ids_of_reports_get_their_last_three_signs(traps):
    assert LONG_ID in mapped_to(traps, "accounts", "account_id")


def test_deleted_rows_are_out_but_for_merged_leads(traps):
    excluded = mapped_to(traps, "accounts", "excluded_because")
    assert (excluded["001B"], excluded["001C"], excluded["001D"]) == (None, "deleted", "deleted")
    leads = mapped_to(traps, "leads", "excluded_because", "merged_into_lead_id")
    assert leads["00QC"] == ["deleted", None] and leads["00QD"] == [None, "00QB"]


def test_a_lead_is_converted_by_its_flag_and_else_what_its_label_says(traps):
    status = mapped_to(traps, "leads", "status")
    assert (status["00QA"], status["00QH"], status["00QB"]) == ("converted", "converted", "working")


def test_a_label_without_a_code_goes_through(traps):
    assert mapped_to(traps, "leads", "status")["00QF"] == "Brand new label"
    assert mapped_to(traps, "activities", "status")["00TD"] == "Won't do"
    assert "Retired stage" in mapped_to(traps, "opportunity_stage_history", "stage").values()


def test_the_account_of_a_lead_counts_once_it_is_converted(traps):
    accounts = mapped_to(traps, "leads", "converted_account_id")
    assert (accounts["00QA"], accounts["00QB"]) == (LONG_ID, None)


def test_other_record_types_are_no_leads(traps):
    assert mapped_to(traps, "leads", "excluded_because")["00QG"] == "record_type"


def test_a_queue_owns_what_it_owns(traps):
    assert mapped_to(traps, "leads", "owner_user_id")["00QF"] == "00GQueue"


def test_disqualification_is_dated_by_the_history_of_the_status_alone(traps):
    leads = mapped_to(traps, "leads", "status", "disqualified_at")
    assert leads["00QE"] == ["disqualified", "2025-02-01T08:00:00.000Z"]
    assert leads["00QI"] == ["disqualified", "2025-02-03T08:00:00.000Z"]
    history = mapped_to(traps, "lead_status_history", "status", "excluded_because", "changed_at")
    assert history["017C"][1] == "other_field"
    assert history["017A"][0] == "working" and history["017A"][2].startswith("2025-01-06 10:00:00")


def test_a_day_is_not_shifted_and_an_open_deals_day_is_a_hope(traps):
    closed = mapped_to(traps, "opportunities", "closed_at")
    assert (closed["006A"], closed["006B"], closed["006C"]) == ("2025-03-05", None, "2025-03-05")


def test_a_deals_lead_is_the_fields_else_the_first_that_was_converted_to_it(traps):
    leads = mapped_to(traps, "opportunities", "lead_id")
    assert (leads["006A"], leads["006B"], leads["006C"]) == ("00QA", "00QB", None)


def test_a_stage_entered_is_a_row_and_an_edit_is_not(traps):
    """In the order of time, whatever the offset: 01:00 in +02:00 is before 23:30 in UTC of the same night."""
    assert mapped_to(traps, "opportunity_stage_history", "excluded_because") == {
        "008A": None, "008B": "unchanged_stage", "008C": None, "008D": None,
    }  # fmt: skip


def test_a_converted_leads_activities_are_found_through_its_contact(traps):
    links = mapped_to(traps, "activities", "lead_id", "opportunity_id", "account_id")
    assert links["00TA"] == ["00QA", None, None]
    assert [links[key][0] for key in ("00TF", "00TG", "00TH")] == ["00QH", "00QA", "00QA"]
    assert links["00TB"] == ["00QB", None, None]
    assert links["00TD"] == [None, None, "001B"]
    assert links["00TE"] == ["00QUnknown", None, "001Unknown"]
    assert links["00UA"] == [None, "006A", None]
    assert links["00UB"] == [None, None, "001B"]


def test_a_task_happened_when_it_was_completed_and_not_when_it_was_due(traps):
    occurred = mapped_to(traps, "activities", "occurred_at")
    assert occurred["00TA"] == "2025-01-04T10:00:00.000Z"
    assert occurred["00TB"] == "2025-02-02"
    assert (occurred["00UA"], occurred["00UB"]) == ("2025-01-05T10:00:00.000Z", "2025-01-06")


def test_an_event_took_place_unless_its_field_says_otherwise(traps):
    activities = mapped_to(traps, "activities", "activity_type", "status")
    assert activities["00UA"] == ["meeting", "completed"]
    assert activities["00UB"] == ["meeting", "completed"]
    assert activities["00UC"] == ["demo", "cancelled"]
    assert activities["00TB"] == ["email", "scheduled"]


def test_series_patterns_and_deleted_activities_are_out_and_archived_ones_are_in(traps):
    excluded = mapped_to(traps, "activities", "excluded_because")
    assert (excluded["00TC"], excluded["00UD"], excluded["00UE"]) == ("series_pattern", "series_pattern", "deleted")
    assert excluded["00TA"] is None


def test_rates_are_turned_the_other_way_up(traps):
    assert mapped_to(traps, "exchange_rates", "rate") == {"04w": "40.000000000000"}


def test_won_deals_are_contracts_of_a_year(traps):
    contracts = mapped_to(traps, "contracts", "contract_type", "start_date", "end_date", "signed_on", "total_value")
    assert contracts["006A"] == ["new", "2025-03-05", "2026-03-04", "2025-03-05", None]
    assert contracts["006N"] == ["new", "2024-01-01", "2024-12-31", "2024-01-01", "80000000.000000000000"]
    assert contracts["006R"] == ["upsell", "2024-07-15", "2026-07-14", "2024-07-15", None]
    assert not {"006B", "006C", "006D"} & contracts.keys()


def test_a_renewal_follows_the_contract_whose_end_is_nearest(traps):
    """Neither the one that runs longest nor one that another renewal follows."""
    renewed = mapped_to(traps, "contracts", "renewed_from_contract_id")
    assert {key: value for key, value in renewed.items() if value} == {"006P": "006O", "006Q": "006N"}


def test_orders_are_contracts(tmp_path):
    orders = rows(
        {"Id": "801A", "Type": "New", "Status": "Activated"},
        {"Id": "801B", "Type": "Renewal", "Status": "Draft", "OriginalOrderId": "801A", "IsDeleted": "false"},
        {"Id": "801C", "IsDeleted": "true"},
        AccountId="001B", EffectiveDate="2025-01-01", EndDate="2025-12-31", TotalAmount="1200", CurrencyIsoCode="TRY",
    )
    run = with_contracts(tmp_path, {"Order": orders}, contracts_from="order")
    columns = ("contract_type", "status", "start_date", "end_date", "total_value", "renewed_from_contract_id", "excluded_because")
    assert mapped_to(run, "contracts", *columns) == {
        "801A": ["new", "active", "2025-01-01", "2025-12-31", "1200", None, None],
        "801B": ["renewal", "draft", "2025-01-01", "2025-12-31", "1200", "801A", None],
        "801C": [None, None, "2025-01-01", "2025-12-31", "1200", None, "deleted"],
    }


def test_subscriptions_of_cpq_are_contracts_and_a_loader_spells_them_its_own_way(tmp_path):
    subscriptions = rows(
        {"Id": "a0A", "SBQQ__TerminatedDate__c": "2025-06-30"},
        {"Id": "a0B", "SBQQ__EndDate__c": None},
        {"Id": "a0C", "IsDeleted": "true"},
        SBQQ__Account__c=SHORT_ID, SBQQ__StartDate__c="2025-01-01", SBQQ__EndDate__c="2025-12-31T00:00:00.000Z",
        SBQQ__TerminatedDate__c=None, Value__c="1200.5", Kind__c="New", CurrencyIsoCode="TRY",
    )
    fields = {"contracts.total_value": "Value__c", "contracts.contract_type": "Kind__c"}
    run = with_contracts(
        tmp_path, {"SBQQ__Subscription__c": subscriptions}, loaders_name, contracts_from="subscription", fields=fields
    )
    columns = ("account_id", "contract_type", "status", "end_date", "cancelled_on", "total_value", "excluded_because")
    assert mapped_to(run, "contracts", *columns) == {
        "a0A": [LONG_ID, "new", "cancelled", "2025-12-31", "2025-06-30", "1200.5", None],
        "a0B": [LONG_ID, "new", "active", None, None, "1200.5", None],
        "a0C": [LONG_ID, "new", "active", "2025-12-31", None, "1200.5", "deleted"],
    }


def with_contracts(folder: Path, objects: dict, spelled=str, **settings) -> Run:
    """The mapping of contracts alone; the small company has the rest."""
    write_objects({**TRAPS, **objects}, folder / "in" / "salesforce", spelled)
    run = dbt_here(
        folder, "build", "--select", "salesforce", "input.salesforce.contracts", "salesforce__contracts", "--exclude", "resource_type:test",
        settings={**trap_settings(folder), "fields": {}, **settings},
    )  # fmt: skip
    assert run.code == 0, run.output
    return run


LOGO = {
    "INVOICE": rows(
        {"LOGICALREF": "1"},
        {"LOGICALREF": "2", "TRCODE": "3"},
        {"LOGICALREF": "3", "TRCODE": "1"},
        {"LOGICALREF": "4", "CANCELLED": "1"},
        {"LOGICALREF": "5", "CLIENTREF": "12", "Paid_On": None},
        {"LOGICALREF": "6", "CLIENTREF": "99"},
        TRCODE="8", CANCELLED="0", DATE_="2025-01-10 00:00:00.000", NETTOTAL="118.25", CLIENTREF="11", Paid_On="2025-02-01",
    ),
    "CLCARD": rows({"LOGICALREF": "11", "CODE": "120.01.001"}, {"LOGICALREF": "12", "CODE": "120.01.002"}),
}  # fmt: skip


def test_invoices_come_from_a_logo_erp(tmp_path):
    accounts = rows(
        {"Id": "001A", "AccountNumber": " 120.01.001"}, {"Id": "001B", "AccountNumber": None},
        {"Id": "001C", "AccountNumber": "120.01.002", "IsDeleted": "true"}, IsDeleted="false",
    )  # fmt: skip
    write_objects({**TRAPS, "Account": accounts}, tmp_path / "in" / "salesforce")
    write_objects(LOGO, tmp_path / "in" / "logo")
    fields = {**trap_settings(tmp_path)["fields"], "invoices.paid_on": "PAID_ON"}
    settings = {**trap_settings(tmp_path), "invoices_from": "logo", "source_currency": "TRY", "fields": fields}
    everything = ("+stg_crm__invoices", "+excluded_rows", "assert_native_rows_are_mapped_or_excluded")
    run = dbt_here(tmp_path, "build", "--select", *everything, settings=settings)
    assert run.code == 0, run.output
    invoices = run.query("select invoice_id, account_id, status, issued_on::varchar, paid_on::varchar, amount::varchar, currency from staging.stg_crm__invoices order by 1")
    assert invoices == [
        ("1", "001A", "paid", "2025-01-10", "2025-02-01", "118.250000000000", "TRY"),
        ("2", "001A", "paid", "2025-01-10", "2025-02-01", "-118.250000000000", "TRY"),
        ("4", "001A", "void", "2025-01-10", "2025-02-01", "118.250000000000", "TRY"),
        ("5", "120.01.002", "open", "2025-01-10", None, "118.250000000000", "TRY"),
    ]
    assert run.query("select row_key, reject_reasons from staging.base_crm__invoices where reject_reasons is not null") == [("6", "missing_account_id")]
    assert ("logo.INVOICE", "not_a_sale", 1) in run.query("from marts.excluded_rows")


def test_referrals_stand_in_an_object_and_columns_of_the_companys_own(tmp_path):
    referrals = rows(
        {"Id": "a1A", "By__c": SHORT_ID, "Whom__c": "00QB", "On_Day__c": "2025-01-05T00:00:00.000Z"}, IsDeleted="false"
    )
    write_objects({**TRAPS, "Tip__c": referrals}, tmp_path / "in" / "salesforce")
    fields = {
        "referrals": "Tip__c", "referrals.referring_account_id": "By__c",
        "referrals.referred_lead_id": "Whom__c", "referrals.referred_on": "On_Day__c",
    }  # fmt: skip
    # an object that does not exist is named
    absent = [*trap_settings(tmp_path)["absent_inputs"], "salesforce.Event"]
    settings = {**trap_settings(tmp_path), "referrals_from": "native", "fields": fields, "absent_inputs": absent}
    run = dbt_here(tmp_path, "build", "--select", "salesforce", "salesforce__referrals", "--exclude", "resource_type:test", settings=settings)
    assert run.code == 0, run.output
    assert mapped_to(run, "referrals", "referring_account_id", "referred_lead_id", "referred_on") == {
        "a1A": [LONG_ID, "00QB", "2025-01-05"],
    }  # fmt: skip


@pytest.mark.parametrize(
    "changed, objects, words",
    [
        ({"lead_record_types": ["Sales Lead"]}, {}, "leads have the record types 012Partner, 012Sales, Partner, Sales"),
        ({"base_currency": "EUR"}, {}, "Failure in test assert_native_rates_are_of_the_base_currency"),
        ({"base_currency": "GBP"}, {}, "Failure in test assert_native_rates_are_of_the_base_currency"),
        (
            {"contracts_from": "contract", "fields": {"contracts.total_value": "Value__c"}},
            {"Contract": rows({"Id": "800A", "AccountId": "001B", "Status": "Activated", "StartDate": "2025-01-01", "Value__c": "1"})},
            "in a line such as contract_type,,new",
        ),
        (
            {"invoices_from": "native"},
            {"Invoice__c": rows({"Id": "a2A", "Client__c": "001B", "Status__c": "Paid"})},
            "has no column Account__c; the setting fields names another for invoices.account_id",
        ),
        ({}, {"lead": rows({"Id": "00QZ"})}, "salesforce.Lead: there are Lead and lead; keep one"),
    ],
    ids=["record types", "base currency", "base currency without a rate", "contract type", "columns of invoices", "two files"],
)
def test_what_would_be_wrong_without_a_word_stops_the_build(changed, objects, words, tmp_path):
    rates = rows(
        {"Id": "04a", "IsoCode": "TRY", "ConversionRate": "1"}, {"Id": "04b", "IsoCode": "EUR", "ConversionRate": "0.03"},
        StartDate="2025-01-01",
    )  # fmt: skip
    write_objects({**TRAPS, "DatedConversionRate": rates, **objects}, tmp_path / "in" / "salesforce")
    settings = {**trap_settings(tmp_path), **changed}
    selected = ("salesforce", "salesforce__leads", "salesforce__contracts", "salesforce__opportunities", "salesforce__exchange_rates")
    run = dbt_here(tmp_path, "build", "--select", *selected, "assert_native_rates_are_of_the_base_currency", settings=settings)
    assert run.code != 0
    assert words in " ".join(run.output.split()), run.output


@pytest.mark.parametrize(
    "changed, words",
    [
        ({"contracts_from": "contract"}, "it must say which column of salesforce.Contract holds contracts.total_value"),
        ({"contracts_from": "subscription"}, "of salesforce.SBQQ__Subscription__c holds contracts.total_value"),
        ({"invoices_from": "logo"}, "it needs source_currency"),
        ({"invoices_from": "logo", "source_currency": "TRY"}, "which column of logo.INVOICE holds invoices.paid_on"),
        ({"lead_is": "contact"}, "it must say which column of salesforce.Contact holds leads.status"),
        ({"contracts_from": "line_items"}, "with salesforce, known are contract, order, subscription, won_opportunities, own"),
        ({"fields": {"accounts.tier": "Tier__c"}}, "known are accounts.erp_code, accounts.region"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_a_mapping_needs_to_know_is_asked_for_by_name(changed, words, tmp_path, project_on_seeds, capsys):
    settings = {"crm_source": "salesforce", "input_dir": str(tmp_path), **changed}
    result = project_on_seeds.invoke("run-operation", "check_settings", settings=settings)
    assert not result.success
    assert words in " ".join(capsys.readouterr().out.split())


def test_a_stage_that_the_map_has_wrong_fails_the_build(tmp_path):
    """Salesforce itself says which stages are won."""
    stages = rows({"MasterLabel": "Negotiation/Review", "IsWon": "true", "IsClosed": "true"})
    write_objects({**TRAPS, "OpportunityStage": stages}, tmp_path / "in" / "salesforce")
    settings = {**trap_settings(tmp_path), "contracts_from": "won_opportunities"}
    run = dbt_here(tmp_path, "build", "--select", "salesforce", "assert_stages_are_won_and_closed_as_in_salesforce", settings=settings)
    assert run.code != 0 and "assert_stages_are_won_and_closed_as_in_salesforce" in run.output
