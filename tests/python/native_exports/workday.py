"""An HR system's tables as Workday exports them: as two custom reports, or as Fivetran lands its tables."""

from datetime import date, timedelta

from . import Objects, bare, date_only

LABELS = {"voluntary": "Voluntary", "involuntary": "Involuntary", "other": "Death"}


def label(text: str | None) -> str | None:
    """The category that stands for a reason; what is none stays as it is."""
    return LABELS.get(bare(text).lower(), text)


def reports(tables: dict) -> Objects:
    """Two custom reports; a date in words of XML, with a time zone behind it."""
    return {
        "workers": [
            {
                "Employee_ID": row["employee_id"],
                "Legal_Name": row["full_name"],
                "Work_Email": row["email"],
                "Work_Phone": row["phone"],
                "Hire_Date": in_xml(row["hire_date"]),
                "Termination_Date": in_xml(row["termination_date"]),
                "Termination_Category": label(row["termination_reason"]),
                "Annual_Salary": row["annual_salary"],
                "Last_Updated": row["updated_at"],
            }
            for row in tables["hr.employees"]
        ],
        "positions": [
            {
                "Employee_ID": row["employee_id"],
                "Position_ID": f"P-{number}",
                "Department": row["department"],
                "Team": row["team"],
                "Job_Title": row["job_title"],
                "Manager_ID": row["manager_employee_id"],
                "Start_Date": in_xml(row["valid_from"]),
                "End_Date": in_xml(row["valid_to"]),
            }
            for number, row in enumerate(tables["hr.job_assignments"])
        ],
    }


def landed(tables: dict) -> Objects:
    """Fivetran's tables; each employee's rows share an id, and a job that has lasted a year is split by a raise."""
    ids = {bare(row["employee_id"]): f"wid{number:04}" for number, row in enumerate(tables["hr.employees"])}
    organizations: dict[tuple[str, str], str] = {}
    positions, memberships = [], []
    for number, row in enumerate(tables["hr.job_assignments"]):
        place = {
            "worker_id": ids.get(bare(row["employee_id"])),
            "position_id": f"P-{number}",
        }
        for kind, name in (("Department", row["department"]), ("Team", row["team"])):
            if bare(name):
                key = organizations.setdefault((kind, name), f"org{len(organizations)}")
                memberships.append({**place, "organization_id": key, "_fivetran_active": "true"})
        for start, end in halves(row["valid_from"], row["valid_to"]):
            positions.append(
                {
                    **place,
                    "business_title": row["job_title"],
                    "start_date": start,
                    "end_date": end,
                    "effective_date": "2026-01-01",
                    "_fivetran_start": "2026-06-01T00:00:00Z",
                    "_fivetran_active": "true",
                }
            )
    return {
        "worker_history": [
            {
                "id": ids[bare(row["employee_id"])],
                "worker_code": row["employee_id"],
                "hire_date": row["hire_date"],
                "original_hire_date": "2001-01-01",
                "termination_date": row["termination_date"],
                "termination_last_day_of_work": "2001-01-01",
                "terminated": str(bool(bare(row["termination_date"]))).lower(),
                "primary_termination_category": label(row["termination_reason"]),
                "termination_involuntary": "false",
                "last_updated": row["updated_at"],
                "_fivetran_active": "true",
            }
            for row in tables["hr.employees"]
        ],
        "worker_position_history": positions,
        "worker_position_organization_history": memberships,
        "organization": [{"id": key, "name": name, "type": kind} for (kind, name), key in organizations.items()],
        "person_name": [
            {"personal_info_system_id": ids[bare(row["employee_id"])], "type": "legal", "last_name": row["full_name"]}
            for row in tables["hr.employees"]
        ],
        "person_contact_email_address": [
            {
                "personal_info_system_id": ids[bare(row["employee_id"])],
                "email_address": row["email"],
                "email_code": "WORK_Primary",
            }
            for row in tables["hr.employees"]
        ],
    }


def in_xml(text: str | None) -> str | None:
    """A date with the offset that Workday's web services write behind it."""
    return f"{text}-08:00" if len(bare(text)) == 10 and text == bare(text) and text[:4].isdigit() else date_only(text)


def halves(start: str | None, end: str | None) -> list[tuple[str | None, str | None]]:
    """A span as one row, or as two without a day between where it has lasted a year."""
    try:
        first = date.fromisoformat(bare(start))
        last = date.fromisoformat(bare(end)) if bare(end) else date(2026, 1, 1)
    except ValueError:
        return [(date_only(start), date_only(end))]
    if len(bare(start)) != 10 or last - first < timedelta(365) or last.year > 2100:
        return [(date_only(start), date_only(end))]
    raise_on = first + timedelta(200)
    return [(start, str(raise_on - timedelta(1))), (str(raise_on), end)]
