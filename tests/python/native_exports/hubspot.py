"""A company as HubSpot exports it: contacts and deals with many associations, properties with histories, stamps
in milliseconds, labels for codes.

What HubSpot keeps elsewhere is told there: a lead is a contact, its entry the day in a lifecycle stage, a merged
one is archived and named by its survivor, an activity is a meeting, a call, an e-mail or a task.
"""

from datetime import datetime, timezone
from zoneinfo import ZoneInfo

from tests.python.reference.cleaning import clean_code, trim
from tests.python.reference.inputs import parse_date, parse_stamp

from . import Objects

#: where this company keeps what HubSpot has no property for
FIELDS = {
    "users.employee_id": "employee_id",
    "accounts.segment": "market_segment",
    "accounts.region": "region",
    "leads.source": "lead_source",
    "leads.disqualified_at": "disqualified_at",
    "invoices.contract_id": "contract_id",
    "contracts": "p123_contracts",
}
SETTINGS = {"crm_source": "hubspot", "fields": FIELDS}
#: contracts and referrals are custom objects, invoices HubSpot's own
NATIVE = {"contracts_from": "native", "invoices_from": "native", "referrals_from": "native"}

#: code list -> code -> label; what is not here is told by its code
LABELS = {
    "lead_status": {
        "new": "NEW",
        "working": "IN_PROGRESS",
        "qualified": "OPEN_DEAL",
        "converted": "OPEN_DEAL",
        "disqualified": "UNQUALIFIED",
    },
    "opportunity_type": {"new_business": "newbusiness", "upsell": "existingbusiness"},
    "stage": {
        "prospecting": "appointmentscheduled",
        "discovery": "qualifiedtobuy",
        "proposal": "presentationscheduled",
        "negotiation": "contractsent",
        "closed_won": "closedwon",
        "closed_lost": "closedlost",
    },
    "meetings": {"completed": "COMPLETED", "scheduled": "SCHEDULED", "cancelled": "CANCELED"},
    "calls": {"completed": "COMPLETED", "scheduled": "QUEUED", "cancelled": "FAILED", "no_show": "NO_ANSWER"},
    "emails": {"completed": "SENT", "scheduled": "SCHEDULED", "cancelled": "BOUNCED"},
    "tasks": {"completed": "COMPLETED", "scheduled": "NOT_STARTED", "cancelled": "CANCELED"},
    "invoice_status": {"void": "voided"},
}
OBJECT_OF_TYPE = {"call": "calls", "email": "emails", "task": "tasks"}

#: API name of an object -> Fivetran's table; of a column -> Fivetran's, property_ before the others
FIVETRAN_TABLES = {
    "owners": "owner", "companies": "company", "contacts": "contact", "deals": "deal",
    "deal_contacts": "deal_contact", "deal_companies": "deal_company",
    "meetings": "engagement_meeting", "calls": "engagement_call", "emails": "engagement_email",
    "tasks": "engagement_task", "engagement_contacts": "engagement_contact",
    "engagement_deals": "engagement_deal", "engagement_companies": "engagement_company",
    "invoices": "invoice", "invoice_companies": "invoice_company", "referrals": "referral",
}  # fmt: skip
FIVETRAN_IDS = {"owners": "owner_id", "deals": "deal_id"}
NO_PROPERTIES = {"archived": "is_deleted", "firstName": "first_name", "lastName": "last_name"}


def label(codes: str, text: str | None) -> str | None:
    """The label that stands for a code; what is no code stays as it is."""
    return LABELS[codes].get(clean_code(text), text)


def stamp(text: str | None, time_zone: str) -> str | None:
    """A stamp as milliseconds, or in words where it has smaller parts; what is no stamp stays as it is."""
    try:
        moment = parse_stamp(trim(text) or "", ZoneInfo(time_zone))
    except ValueError:
        return text
    if moment is None:
        return text
    milliseconds, rest = divmod(
        (moment.instant - datetime(1970, 1, 1)) // (moment.instant.resolution), 1000
    )
    if rest or milliseconds < 10**11:
        return moment.instant.isoformat() + "Z"
    return str(milliseconds)


def day(text: str | None) -> str | None:
    """A day as HubSpot keeps it, midnight UTC in milliseconds; what is no day stays as it is.

    A midnight, which is no day to the inputs' rules and one to HubSpot, is spoilt.
    """
    if len(trim(text) or "") > 10:
        return f"on {text}"
    try:
        found = parse_date(trim(text) or "")
    except ValueError:
        return text
    if found is None or found.year < 1975:
        return text
    return str(int(datetime(found.year, found.month, found.day, tzinfo=timezone.utc).timestamp() * 1000))


def survivors(leads: list[dict]) -> dict[str, str]:
    """A merged lead -> the last of those it was merged into; none where merges run in a circle.

    HubSpot knows no lead that was merged into nobody it knows, or in a circle: such leads are archived, no more.
    """
    known = {trim(row["lead_id"]) for row in leads}
    into = {
        trim(row["lead_id"]): trim(row["merged_into_lead_id"])
        for row in leads
        if trim(row["merged_into_lead_id"])
    }
    last = {}
    for lead in into:
        seen, at = {lead}, into[lead]
        while at in into and at not in seen:
            seen.add(at)
            at = into[at]
        if at in known and at not in seen:
            last[lead] = at
    return last


def export(tables: dict, time_zone: str = "Europe/Istanbul") -> Objects:
    """The CRM tables of a company, 'crm.leads' -> raw rows, as objects of HubSpot.

    A blank label means something to the map (a contact without a status is new, a deal without a type new
    business), so rows without one are left out: the canonical company rejects them.
    """

    def at(text: str | None) -> str | None:
        return stamp(text, time_zone)

    merged_into = survivors(tables["crm.leads"])
    parts: dict[str, list[str]] = {}
    for lead, survivor in merged_into.items():
        parts.setdefault(survivor, []).append(lead)

    objects: Objects = {
        "owners": [
            {
                "id": row["user_id"],
                "userId": str(number),
                "email": row["email"],
                "firstName": row["full_name"],
                "lastName": None,
                "employee_id": row["employee_id"],
                "archived": "true",
            }
            for number, row in enumerate(tables["crm.users"])
        ],
        "companies": [
            {
                "id": row["account_id"],
                "name": row["account_name"],
                "industry": row["industry"],
                "market_segment": row["segment"],
                "region": row["region"],
                "hubspot_owner_id": row["owner_user_id"],
                "createdate": at(row["created_at"]),
                "hs_lastmodifieddate": at(row["updated_at"]),
                "archived": "false",
            }
            for row in tables["crm.accounts"]
        ],
        "contacts": [
            {
                "id": row["lead_id"],
                "firstname": row["contact_name"],
                "lastname": None,
                "email": row["email"],
                "phone": row["phone"],
                "company": row["company_name"],
                "lead_source": row["source"],
                "lifecyclestage": "customer" if clean_code(row["status"]) == "converted" else "lead",
                "hs_lead_status": label("lead_status", row["status"]),
                "hubspot_owner_id": row["owner_user_id"],
                "createdate": "2019-01-01T08:00:00Z" if trim(row["created_at"]) else None,
                "hs_v2_date_entered_lead": at(row["created_at"]),
                "disqualified_at": at(row["disqualified_at"]),
                # HubSpot guesses a company for everybody
                "associatedcompanyid": row["converted_account_id"] or "ACC-0001",
                "hs_merged_object_ids": ";".join(filter(None, parts.get(trim(row["lead_id"]), []))) or None,
                "lastmodifieddate": at(row["updated_at"]),
                "archived": str(bool(trim(row["merged_into_lead_id"]))).lower(),
            }
            for row in tables["crm.leads"]
            if trim(row["status"])
        ],
        "contact_property_history": [
            {
                "contact_id": row["lead_id"],
                "name": "lifecyclestage" if clean_code(row["status"]) == "converted" else "hs_lead_status",
                "value": (
                    "customer"
                    if clean_code(row["status"]) == "converted"
                    else label("lead_status", row["status"])
                ),
                "timestamp": at(row["changed_at"]),
            }
            for row in tables["crm.lead_status_history"]
            if trim(row["status"])
        ],
        "deals": [
            {
                "id": row["opportunity_id"],
                "dealstage": label("stage", row["stage"]),
                "dealtype": label("opportunity_type", row["opportunity_type"]),
                "amount": row["amount"],
                "deal_currency_code": row["currency"],
                "hubspot_owner_id": row["owner_user_id"],
                "createdate": at(row["created_at"]),
                # an open deal carries the day that is hoped for
                "closedate": at(row["closed_at"])
                or (None if (clean_code(row["stage"]) or "").startswith("closed") else "1861920000000"),
                "hs_lastmodifieddate": at(row["updated_at"]),
                "archived": "false",
            }
            for row in tables["crm.opportunities"]
            if trim(row["opportunity_type"])
        ],
        "deal_contacts": [
            {"deal_id": row["opportunity_id"], "contact_id": contact, "type_id": type_id}
            for row in tables["crm.opportunities"]
            for contact, type_id in [(row["lead_id"], "3"), (row["lead_id"], "17"), ("SUBSCRIBER", "3")]
            if trim(contact) and trim(row["opportunity_id"])
        ],
        "deal_companies": [
            {"deal_id": row["opportunity_id"], "company_id": company, "type_id": type_id}
            for row in tables["crm.opportunities"]
            for company, type_id in [("0-PARTNER", "341"), (row["account_id"], "5"), (row["account_id"], "341")]
            if trim(row["account_id"]) and trim(row["opportunity_id"])
        ],
        "deal_property_history": [
            {
                "deal_id": row["opportunity_id"],
                "name": "dealstage",
                "value": label("stage", row["stage"]),
                "timestamp": at(row["changed_at"]),
            }
            for row in tables["crm.opportunity_stage_history"]
        ],
        **activities(tables, at),
        "p123_contracts": [
            {
                **{name: row[name] for name in (
                    "account_id", "opportunity_id", "renewed_from_contract_id", "contract_type",
                    "total_value", "one_time_fees", "currency",
                )},
                "id": row["contract_id"],
                "hs_pipeline_stage": row["status"],
                **{name: day(row[name]) for name in ("signed_on", "start_date", "end_date", "cancelled_on")},
                "hs_lastmodifieddate": at(row["updated_at"]),
            }
            for row in tables["crm.contracts"]
        ],
        "invoices": [
            {
                "id": row["invoice_id"],
                "hs_invoice_status": label("invoice_status", row["status"]),
                "hs_invoice_date": day(row["issued_on"]),
                "hs_payment_date": day(row["paid_on"]),
                "hs_amount_billed": row["amount"],
                "hs_currency": row["currency"],
                "contract_id": row["contract_id"],
            }
            for row in tables["crm.invoices"]
            # its company is an association, which leads from one id to another
            if trim(row["invoice_id"])
        ],
        "invoice_companies": [
            {"invoice_id": row["invoice_id"], "company_id": row["account_id"]}
            for row in tables["crm.invoices"]
            if trim(row["invoice_id"]) and trim(row["account_id"])
        ],
        "referrals": [
            {
                "id": row["referral_id"],
                "referring_account_id": row["referring_account_id"],
                "referred_lead_id": row["referred_lead_id"],
                "referred_on": day(row["referred_on"]),
            }
            for row in tables["crm.referrals"]
        ],
    }  # fmt: skip
    add_strangers(objects)
    return objects


def activities(tables: dict, at) -> Objects:
    """Meetings, calls, e-mails, tasks and what they are about."""
    objects: Objects = {
        name: [] for name in (
            "meetings", "calls", "emails", "tasks", "engagement_contacts", "engagement_deals",
            "engagement_companies",
        )
    }  # fmt: skip
    contacts = {trim(row["lead_id"]) for row in tables["crm.leads"]}
    for row in tables["crm.activities"]:
        if not trim(row["activity_type"]) or not trim(row["status"]):
            continue
        name = OBJECT_OF_TYPE.get(clean_code(row["activity_type"]), "meetings")
        status, moment = label(name, row["status"]), at(row["occurred_at"])
        common = {"id": row["activity_id"], "hubspot_owner_id": row["user_id"], "archived": "false"}
        if name == "meetings":
            type_ = None if clean_code(row["activity_type"]) == "meeting" else row["activity_type"]
            common |= {
                "hs_timestamp": moment,
                "hs_meeting_start_time": moment,
                "hs_activity_type": type_,
                "hs_meeting_outcome": None if clean_code(row["status"]) == "completed" else status,
            }
        elif name == "tasks":
            # due some day, done on another
            common |= {
                "hs_timestamp": "1861920000000" if moment else None,
                "hs_task_completion_date": moment,
                "hs_task_status": status,
            }
        else:
            common |= {"hs_timestamp": moment, f"hs_{name[:-1]}_status": status}
        objects[name].append(common)
        for kind, object_, column in (
            ("engagement_contacts", "lead_id", "contact_id"),
            ("engagement_deals", "opportunity_id", "deal_id"),
            ("engagement_companies", "account_id", "company_id"),
        ):
            if trim(row[object_]) and trim(row["activity_id"]):
                # an association leads to a record that is there
                if object_ == "lead_id" and trim(row[object_]) not in contacts:
                    kind, column = "engagement_companies", "company_id"
                objects[kind].append({"engagement_id": row["activity_id"], column: row[object_]})
    return objects


def add_strangers(objects: Objects) -> None:
    """Rows that are there and are none of the contract: a subscriber, other properties, a note."""
    subscriber = dict.fromkeys(objects["contacts"][0]) | {
        "id": "SUBSCRIBER", "lifecyclestage": "subscriber", "createdate": "2020-05-05T05:05:05Z", "archived": "false",
    }  # fmt: skip
    objects["contacts"].append(subscriber)
    for name, property_ in (("contact_property_history", "email"), ("deal_property_history", "amount")):
        objects[name].append({**objects[name][1], "name": property_, "value": "1"})
    objects["notes"] = [{"id": "1", "archived": "false"}]


def fivetran(objects: Objects) -> Objects:
    """The same in the tables and columns of Fivetran."""
    told = {}
    for name, rows in objects.items():
        told[FIVETRAN_TABLES.get(name, name)] = [
            {fivetran_name(name, column): value for column, value in row.items()} for row in rows
        ]
    return told


def fivetran_name(object_: str, column: str) -> str:
    if object_.startswith("engagement_") or object_.endswith(("_history", "_contacts", "_companies", "_deals")):
        # a custom object's name may end so, its columns are still properties
        if not object_.startswith("p123_"):
            return column
    if column == "id":
        engagement = object_ in ("meetings", "calls", "emails", "tasks", "notes")
        return "engagement_id" if engagement else FIVETRAN_IDS.get(object_, "id")
    if object_ == "deals" and column in ("dealstage", "hubspot_owner_id"):
        return {"dealstage": "deal_pipeline_stage_id", "hubspot_owner_id": "owner_id"}[column]
    if object_ == "owners":
        return NO_PROPERTIES.get(column, column)
    return NO_PROPERTIES.get(column, f"property_{column}")
