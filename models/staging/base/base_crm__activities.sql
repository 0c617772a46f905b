{{ checked_rows('crm.activities') }}
