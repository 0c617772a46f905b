{{ checked_rows('crm.lead_status_history') }}
