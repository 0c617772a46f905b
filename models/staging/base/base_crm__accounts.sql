{{ checked_rows('crm.accounts') }}
