{{ checked_rows('crm.referrals') }}
