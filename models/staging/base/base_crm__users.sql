{{ checked_rows('crm.users') }}
