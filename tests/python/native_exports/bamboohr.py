"""An HR system's tables as BambooHR exports them: a job ends where the next begins, second jobs in a table of their own."""

from collections import defaultdict
from datetime import date, timedelta

from . import Objects, bare, date_only

#: BambooHR has no annual salary: a company that keeps one has a field of its own for it
SETTINGS = {"fields": {"employees.annual_salary": "customAnnualSalary"}}

LABELS = {"voluntary": "Resignation (Voluntary)", "involuntary": "Termination (Involuntary)", "other": "Death"}


def export(tables: dict) -> Objects:
    """Blank dates are zeros there."""
    ids = {bare(row["employee_id"]): str(100 + number) for number, row in enumerate(tables["hr.employees"])}
    jobs, second_jobs = defaultdict(list), []
    for row in sorted(tables["hr.job_assignments"], key=lambda row: bare(row["valid_from"])):
        before = jobs[row["employee_id"]]
        span = days(row["valid_from"]), days(row["valid_to"]) if bare(row["valid_to"]) else date.max
        is_job = bare(row["department"]) and None not in span and span[0] <= span[1]
        if not is_job or before and before[-1][0][1] >= span[0]:
            second_jobs.append(row)
        else:
            before.append((span, row))
    rows = []
    for employee, spans in jobs.items():
        for number, (span, row) in enumerate(spans):
            rows.append(job(ids, row, row["valid_from"]))
            following = spans[number + 1][0][0] if number + 1 < len(spans) else None
            if span[1] != date.max and following != span[1] + timedelta(1):
                rows.append({**job(ids, row, str(span[1] + timedelta(1))), "department": None, "division": None})
    return {
        "employees": [
            {
                "id": ids[bare(row["employee_id"])],
                "employeeNumber": row["employee_id"],
                "displayName": row["full_name"],
                "workEmail": row["email"],
                "mobilePhone": row["phone"],
                "hireDate": row["hire_date"],
                "originalHireDate": "0000-00-00",
                "terminationDate": row["termination_date"] or "0000-00-00",
                "payRate": "25.50 TRY",
                "customAnnualSalary": row["annual_salary"],
                "lastChanged": row["updated_at"],
            }
            for row in tables["hr.employees"]
        ],
        "jobInfo": rows,
        "employmentStatus": [
            {
                "employeeId": ids[bare(row["employee_id"])],
                "date": row[column],
                "employmentStatus": status,
                "terminationTypeId": LABELS.get(bare(row["termination_reason"]).lower(), row["termination_reason"])
                if status == "Terminated"
                else None,
            }
            for row in tables["hr.employees"]
            for column, status in (("hire_date", "Full-Time"), ("termination_date", "Terminated"))
            if bare(row[column])
        ],
        "secondJobs": [
            {
                "employeeId": ids.get(bare(row["employee_id"])),
                "startDate": row["valid_from"],
                "endDate": date_only(row["valid_to"]),
                "jobTitle": row["job_title"],
                "department": row["department"],
                "division": row["team"],
            }
            for row in second_jobs
        ],
    }


def job(ids: dict, row: dict, start: str) -> dict:
    """A row of jobInfo."""
    return {
        "employeeId": ids.get(bare(row["employee_id"])),
        "date": start,
        "jobTitle": row["job_title"],
        "department": row["department"],
        "division": row["team"],
        "reportsTo": row["manager_employee_id"],
    }


def days(text: str | None) -> date | None:
    """A date of the inputs' form, else nothing; the year 9999 is never."""
    try:
        found = date.fromisoformat(bare(text)) if len(bare(text)) == 10 else None
    except ValueError:
        return None
    return date.max if found and found.year == 9999 else found
