{{ checked_rows('crm.opportunity_stage_history') }}
