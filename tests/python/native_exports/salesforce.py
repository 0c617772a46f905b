"""A company as Salesforce exports it: API names, the object's prefix before each id, labels for codes.

What Salesforce keeps elsewhere is told there: the touches of a converted lead hang on its contact, a closing
is a day, a merged lead is deleted and names its survivor.
"""

import re
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from . import Objects, bare, date_only

#: where this company keeps what Salesforce has no field for
FIELDS = {
    "accounts.segment": "Segment__c",
    "accounts.region": "Region__c",
    "leads.disqualified_at": "Disqualified_At__c",
    "opportunities.lead_id": "Lead__c",
    "activities.status": "Meeting_Outcome__c",
    "contracts.total_value": "Total_Value__c",
    "contracts.one_time_fees": "One_Time_Fees__c",
    "contracts.contract_type": "Contract_Type__c",
    "contracts.renewed_from_contract_id": "Renewed_From__c",
    "contracts.cancelled_on": "Cancelled_On__c",
    "contracts.opportunity_id": "Opportunity__c",
}
SETTINGS = {
    "crm_source": "salesforce",
    "fields": FIELDS,
    "contracts_from": "contract",
    "invoices_from": "native",
    "referrals_from": "native",
}

#: code list -> code -> label; what is not here is told by its code
LABELS = {
    "lead_status": {
        "new": "Open - Not Contacted",
        "working": "Working - Contacted",
        "qualified": "Qualified",
        "converted": "Closed - Converted",
        "disqualified": "Closed - Not Converted",
    },
    "opportunity_type": {
        "new_business": "New Customer",
        "upsell": "Existing Customer - Upgrade",
        "cross_sell": "Existing Customer - Replacement",
    },
    "stage": {
        "discovery": "Needs Analysis",
        "proposal": "Proposal/Price Quote",
        "negotiation": "Negotiation/Review",
        "closed_won": "Closed Won",
        "closed_lost": "Closed Lost",
    },
    "activity_status": {"scheduled": "Not Started"},
    "contract_status": {"active": "Activated", "cancelled": "Terminated"},
}


def code(text: str | None) -> str:
    """A code as the inputs' rules clean it."""
    lowered = bare(text).replace("\u0130", "i").replace("I", "i").lower()
    return re.sub("[ \t\n\r\u00a0-]+", "_", lowered)


def label(codes: str, text: str | None) -> str | None:
    """The label that stands for a code; what is no code stays as it is."""
    return LABELS[codes].get(code(text), text)


def key(prefix: str, text: str | None) -> str | None:
    """An id with its object's prefix."""
    return prefix + bare(text) if bare(text) else text


def day(stamp: str | None, time_zone: str) -> str | None:
    """The day of a stamp in business time, as Salesforce keeps a closing; what is no stamp stays as it is."""
    text = bare(stamp)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return stamp
    offset = re.search(r"(?<=\d)([+-])(\d\d):?(\d\d)?$", text[11:]) if len(text) > 11 else None
    try:
        moment = datetime.fromisoformat(text[:19].replace(" ", "T"))
    except ValueError:
        return stamp
    if moment.year == 9999:
        return stamp
    minutes = 0
    if offset:
        minutes = int(offset[1] + "1") * (int(offset[2]) * 60 + int(offset[3] or 0))
    in_utc = (moment - timedelta(minutes=minutes)).replace(tzinfo=timezone.utc)
    return in_utc.astimezone(ZoneInfo(time_zone)).date().isoformat()


def export(tables: dict, time_zone: str = "Europe/Istanbul") -> Objects:
    """The CRM tables of a company, 'crm.leads' -> raw rows, as objects of Salesforce."""
    contacts = {}
    for number, row in enumerate(tables["crm.leads"]):
        if code(row["status"]) == "converted" and key("00Q", row["lead_id"]):
            contacts.setdefault(key("00Q", row["lead_id"]), f"003{number:06}")
    return {
        "User": [
            {
                "Id": row["user_id"],
                "Name": row["full_name"],
                "Email": row["email"],
                "EmployeeNumber": row["employee_id"],
                "IsActive": "false",
            }
            for row in tables["crm.users"]
        ],
        "Account": [
            {
                "Id": key("001", row["account_id"]),
                "Name": row["account_name"],
                "Industry": row["industry"],
                "Segment__c": row["segment"],
                "Region__c": row["region"],
                "OwnerId": row["owner_user_id"],
                "CreatedDate": row["created_at"],
                "LastModifiedDate": row["updated_at"],
                "IsDeleted": "false",
            }
            for row in tables["crm.accounts"]
        ],
        "Lead": [
            {
                "Id": key("00Q", row["lead_id"]),
                "Company": row["company_name"],
                "Name": row["contact_name"],
                "Email": row["email"],
                "Phone": row["phone"],
                "LeadSource": row["source"],
                "Status": label("lead_status", row["status"]),
                "IsConverted": str(code(row["status"]) == "converted").lower(),
                "OwnerId": row["owner_user_id"],
                "CreatedDate": row["created_at"],
                "Disqualified_At__c": row["disqualified_at"],
                "ConvertedAccountId": key("001", row["converted_account_id"]),
                "ConvertedContactId": contacts.get(key("00Q", row["lead_id"])),
                "MasterRecordId": key("00Q", row["merged_into_lead_id"]),
                "IsDeleted": str(bool(bare(row["merged_into_lead_id"]))).lower(),
                "LastModifiedDate": row["updated_at"],
            }
            for row in tables["crm.leads"]
        ],
        "LeadHistory": [
            {
                "Id": f"017{number:06}",
                "LeadId": key("00Q", row["lead_id"]),
                "Field": "Status",
                "NewValue": label("lead_status", row["status"]),
                "CreatedDate": row["changed_at"],
            }
            for number, row in enumerate(tables["crm.lead_status_history"])
        ],
        "Opportunity": [
            {
                "Id": key("006", row["opportunity_id"]),
                "AccountId": key("001", row["account_id"]),
                "Lead__c": key("00Q", row["lead_id"]),
                "OwnerId": row["owner_user_id"],
                "Type": label("opportunity_type", row["opportunity_type"]),
                "StageName": label("stage", row["stage"]),
                "Amount": row["amount"],
                "CurrencyIsoCode": row["currency"],
                "CreatedDate": row["created_at"],
                "CloseDate": day(row["closed_at"], time_zone) or (
                    None if code(row["stage"]).startswith("closed") else "2099-12-31"
                ),
                "IsClosed": str(code(row["stage"]).startswith("closed") or bool(row["closed_at"])).lower(),
                "LastModifiedDate": row["updated_at"],
            }
            for row in tables["crm.opportunities"]
        ],
        "OpportunityHistory": [
            {
                "Id": f"008{number:06}",
                "OpportunityId": key("006", row["opportunity_id"]),
                "StageName": label("stage", row["stage"]),
                "CreatedDate": row["changed_at"],
            }
            for number, row in enumerate(tables["crm.opportunity_stage_history"])
        ],
        "Task": [
            {
                **links(row, contacts),
                "Type": row["activity_type"],
                "Status": label("activity_status", row["status"]),
                "CompletedDateTime": row["occurred_at"],
                "IsArchived": "true",
            }
            for row in tables["crm.activities"]
            if code(row["activity_type"]) not in ("meeting", "demo")
        ],
        "Event": [
            {
                **links(row, contacts),
                "Type": row["activity_type"],
                "Meeting_Outcome__c": label("activity_status", row["status"]) or "unknown",
                "StartDateTime": row["occurred_at"],
                "IsAllDayEvent": "false",
            }
            for row in tables["crm.activities"]
            if code(row["activity_type"]) in ("meeting", "demo")
        ],
        "Contract": [
            {
                "Id": key("800", row["contract_id"]),
                "AccountId": key("001", row["account_id"]),
                "Opportunity__c": key("006", row["opportunity_id"]),
                "Renewed_From__c": key("800", row["renewed_from_contract_id"]),
                "Contract_Type__c": row["contract_type"],
                "Status": label("contract_status", row["status"]),
                "CustomerSignedDate": date_only(row["signed_on"]),
                "StartDate": date_only(row["start_date"]),
                "EndDate": date_only(row["end_date"]),
                "Cancelled_On__c": date_only(row["cancelled_on"]),
                "Total_Value__c": row["total_value"],
                "One_Time_Fees__c": row["one_time_fees"],
                "CurrencyIsoCode": row["currency"],
                "LastModifiedDate": row["updated_at"],
            }
            for row in tables["crm.contracts"]
        ],
        "Invoice__c": [
            {
                "Id": row["invoice_id"],
                "Account__c": key("001", row["account_id"]),
                "Contract__c": key("800", row["contract_id"]),
                "Status__c": row["status"],
                "Issued_On__c": date_only(row["issued_on"]),
                "Paid_On__c": date_only(row["paid_on"]),
                "Amount__c": row["amount"],
                "CurrencyIsoCode": row["currency"],
            }
            for row in tables["crm.invoices"]
        ],
        "Referral__c": [
            {
                "Id": row["referral_id"],
                "Account__c": key("001", row["referring_account_id"]),
                "Lead__c": key("00Q", row["referred_lead_id"]),
                "Referred_On__c": date_only(row["referred_on"]),
            }
            for row in tables["crm.referrals"]
        ],
    }


def links(row: dict, contacts: dict[str, str]) -> dict:
    """What a task or event is about; a converted lead's are its contact's."""
    lead = key("00Q", row["lead_id"])
    return {
        "Id": row["activity_id"],
        "OwnerId": row["user_id"],
        "WhoId": contacts.get(lead, lead),
        "WhatId": key("006", row["opportunity_id"]),
        "AccountId": key("001", row["account_id"]),
    }
