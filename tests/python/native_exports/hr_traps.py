"""The traps of Workday's and BambooHR's exports: a row for each, in one small company per system."""

from tests.python.reference import TABLES

from . import rows


def settings_of(source: str) -> dict:
    """No other input is there."""
    return {"hr_source": source, "absent_inputs": [table for table in TABLES if not table.startswith("hr.")]}


WORKDAY = {
    "worker_history": rows(
        {"id": "w1", "worker_code": "E1", "hire_date": "2020-11-04-08:00"},
        {"id": "w1", "worker_code": "E1", "hire_date": "2019-01-01", "_fivetran_active": "false"},
        {"id": "w2", "worker_code": "E2", "termination_date": "2025-03-31", "termination_last_day_of_work": "2025-03-10",
         "primary_termination_category": "Death", "terminated": "true"},
        {"id": "w3", "worker_code": "E3", "hire_rescinded": "true"},
        {"id": "w4", "worker_code": "E4", "termination_date": "2025-03-31", "terminated": "true",
         "primary_termination_category": "Brand new category"},
        {"id": "w5", "worker_code": "E5", "hire_date": "2024-02-01", "termination_date": "2022-12-31",
         "primary_termination_category": "Voluntary"},
        {"id": "w5", "worker_code": "E5", "hire_date": "2019-01-01", "termination_date": "2022-12-31",
         "primary_termination_category": "Voluntary", "terminated": "true", "_fivetran_active": "false"},
        {"id": "w6", "worker_code": "E6", "termination_date": "2027-01-31", "primary_termination_category": "Voluntary"},
        {"id": "w7", "worker_code": "E7"},
        {"id": "w8", "worker_code": "E8", "_fivetran_deleted": "true"},
        hire_date="2021-01-01", original_hire_date="2001-01-01", terminated="false", termination_involuntary="false",
        hire_rescinded="false", _fivetran_active="true", _fivetran_deleted="false",
    ),
    "worker_position_history": rows(
        {"worker_id": "w1", "position_id": "p1", "start_date": "2021-01-01", "end_date": "2021-12-31",
         "business_title": "Trainee"},
        {"worker_id": "w1", "position_id": "p1", "start_date": "2022-01-01", "end_date": "2023-06-30",
         "business_title": "Account manager"},
        {"worker_id": "w1", "position_id": "p1", "start_date": "2024-01-01"},
        {"worker_id": "w1", "position_id": "p2", "start_date": "2022-05-01", "is_primary_job": "false"},
        {"worker_id": "w1", "position_id": "p1", "start_date": "2018-01-01", "_fivetran_active": "false"},
        {"worker_id": "w3", "position_id": "p3", "start_date": "2021-01-01"},
        {"worker_id": "w4", "position_id": "p4", "start_date": "soon"},
        {"worker_id": "w5", "position_id": "p5", "start_date": "2019-01-01"},
        {"worker_id": "w5", "position_id": "p5", "start_date": "2024-02-01"},
        {"worker_id": "w6", "position_id": "p6", "start_date": "2021-01-01", "end_employment_date": "2026-12-31"},
        {"worker_id": "w6", "position_id": "p6", "start_date": "2021-06-01", "end_date": "2021-03-01"},
        {"worker_id": "w7", "position_id": "p7", "start_date": "2021-01-01", "employee_type": "CONTINGENT-WORKER"},
        {"worker_id": "w8", "position_id": "p8", "start_date": "2021-01-01"},
        effective_date="2026-01-01", _fivetran_start="2026-02-02T00:00:00Z", _fivetran_active="true",
        employee_type="Regular",
    ),
    "worker_position_organization_history": rows(
        {"worker_id": "w1", "position_id": "p1", "organization_id": "o1"},
        {"worker_id": "w1", "position_id": "p1", "organization_id": "o2"},
        {"worker_id": "w1", "position_id": "p1", "organization_id": "o3"},
        {"worker_id": "w1", "position_id": "p1", "organization_id": "o4", "_fivetran_active": "false"},
        {"worker_id": "w1", "position_id": "p2", "organization_id": "o1"},
        {"worker_id": "w5", "position_id": "p5", "organization_id": "o1"},
        {"worker_id": "w5", "position_id": "p5", "organization_id": "o5"},
        _fivetran_active="true",
    ),
    "organization": rows(
        {"id": "o1", "name": "Sales", "type": "SUPERVISORY", "sub_type": "Department"},
        {"id": "o2", "name": "North", "type": "TEAM"},
        {"id": "o3", "name": "Cost center 7", "type": "Cost_Center"},
        {"id": "o4", "name": "A team of before", "type": "Team"},
        {"id": "o5", "name": "Events", "type": "DEPARTMENT"},
    ),
    "person_name": rows(
        {"personal_info_system_id": "w1", "type": "legal", "first_name": "Ada"},
        {"personal_info_system_id": "w1", "type": "preferred", "first_name": "Bea"},
        last_name="Example",
    ),
    "person_contact_email_address": rows(
        {"personal_info_system_id": "w1", "email_address": "a@home.example", "email_code": "Ada_HOME"},
        {"personal_info_system_id": "w1", "email_address": "b@firm.example", "email_code": "Ada_WORK"},
        {"personal_info_system_id": "w1", "email_address": "c@firm.example", "email_code": "Ada_WORK_Primary"},
        {"personal_info_system_id": "w2", "email_address": "d@firm.example", "email_code": "WORK"},
        {"personal_info_system_id": "w2", "email_address": "e@firm.example", "email_code": "WORK"},
        {"personal_info_system_id": "w4", "email_address": "f@home.example", "email_code": "HOME_Primary"},
    ),
}  # fmt: skip

WORKDAYS_REPORTS = {
    "workers": rows(
        {"Employee_ID": "E1", "Hire_Date": "2020-11-04-08:00"},
        {"Employee_ID": "E2", "Hire_Rescinded": "Yes"},
        {"Employee_ID": "E3", "Worker_Type": "contingent worker"},
        {"Employee_ID": "E4", "Termination_Date": "2025-03-31+03:00", "Termination_Category": "Death"},
        Hire_Date="2021-01-01", Hire_Rescinded="", Worker_Type="Employee",
    ),
    "positions": rows(
        {"Employee_ID": "E1", "Position": "P1", "Start_Date": "2020-11-04-08:00", "End_Date": "2021-12-31-08:00"},
        {"Employee_ID": "E1", "Position": "P1", "Start_Date": "2022-01-01-08:00"},
        {"Employee_ID": "E2", "Position": "P2"},
        {"Employee_ID": "E3", "Position": "P3"},
        {"Employee_ID": "E4", "Position": "P4", "Worker_Type": "Contractor"},
        {"Employee_ID": "E5", "Position": "P5"},
        Start_Date="2021-01-01", End_Date="", Department="Sales", Team="North", Worker_Type="Employee",
    ),
}  # fmt: skip

BAMBOOHR = {
    "employees": rows(
        {"id": "1", "employeeNumber": "E1", "hireDate": "2024-02-01", "originalHireDate": "2020-01-01"},
        {"id": "2", "employeeNumber": "E2", "terminationDate": "2025-03-31"},
        {"id": "3", "employeeNumber": "E3"},
        {"id": "4", "employeeNumber": "E4", "terminationDate": "2025-03-31"},
        {"id": "5", "employeeNumber": "E5", "hireDate": "2024-02-01", "terminationDate": "2022-12-31"},
        {"id": "6", "employeeNumber": "E6", "hireDate": "2023-07-01", "displayName": "Ada Example"},
        {"id": "7", "employeeNumber": "E7"},
        {"id": "8", "employeeNumber": "E8"},
        {"id": "9"},
        hireDate="2021-01-01", originalHireDate="0000-00-00", terminationDate="0000-00-00", displayName="Two of a Name",
        payRate="25.50 TRY",
    ),
    "jobInfo": rows(
        {"employeeId": "1", "date": "2020-01-01", "reportsTo": "6"},
        {"employeeId": "1", "date": "2021-05-01", "division": "South", "reportsTo": "Ada Example"},
        {"employeeId": "1", "date": "2024-02-01", "reportsTo": "Two of a Name"},
        {"employeeId": "2", "date": "2021-01-01"},
        {"employeeId": "2", "date": "2022-01-01", "department": None},
        {"employeeId": "2", "date": "2023-01-01"},
        {"employeeId": "3", "date": "2021-01-01"},
        {"employeeId": "5", "date": "2020-01-01"},
        {"employeeId": "6", "date": "2022-01-01"},
        {"employeeId": "7", "date": "2021-01-01"},
        {"employeeId": "7", "date": "2021-01-01", "department": "Finance"},
        {"employeeId": "7", "date": "2022-01-01"},
        {"employeeId": "7", "date": "soon"},
        {"employeeId": "8", "date": "2021-01-01"},
        {"employeeId": "8", "date": "2021-06-01"},
        {"employeeId": "9", "date": "2021-01-01"},
        department="Sales", division="North", reportsTo=None,
    ),
    "employmentStatus": rows(
        {"employeeId": "1", "date": "2020-01-01"},
        {"employeeId": "1", "date": "2022-12-31", "employmentStatus": "Terminated",
         "terminationTypeId": "Resignation (Voluntary)"},
        {"employeeId": "1", "date": "2024-02-01"},
        {"employeeId": "2", "date": "2021-01-01"},
        {"employeeId": "2", "date": "2025-03-31", "employmentStatus": "Terminated",
         "terminationTypeId": "Termination (Involuntary)"},
        {"employeeId": "3", "date": "2021-01-01", "employmentStatus": "contractor"},
        {"employeeId": "4", "date": "2021-01-01"},
        {"employeeId": "4", "date": "2025-03-31", "employmentStatus": "Terminated", "terminationTypeId": "Moved to the moon"},
        {"employeeId": "5", "date": "2022-12-31", "employmentStatus": "Terminated", "terminationTypeId": "Death"},
        {"employeeId": "5", "date": "2024-02-01"},
        {"employeeId": "6", "date": "2022-01-01", "employmentStatus": "Contractor"},
        {"employeeId": "6", "date": "2023-07-01"},
        {"employeeId": "8", "date": "2021-01-01", "employmentStatus": "Terminated", "terminationTypeId": "Death"},
        {"employeeId": "8", "date": "2021-01-01"},
        employmentStatus="Full-Time", terminationTypeId=None,
    ),
    "secondJobs": rows(
        {"employeeId": "1", "startDate": "2024-06-01", "department": "Marketing", "division": "Events"},
        {"employeeId": "3", "startDate": "2024-06-01", "department": "Marketing", "division": "Events"},
    ),
}  # fmt: skip

COMPANIES = {"workday": WORKDAY, "bamboohr": BAMBOOHR}
