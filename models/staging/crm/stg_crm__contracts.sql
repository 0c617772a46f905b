with

checked_contracts as (

    select * from {{ ref('base_crm__contracts') }}

),

accepted_contracts as (

    select
        contract_id,
        account_id,
        opportunity_id,
        renewed_from_contract_id,
        contract_type,
        status,
        signed_on,
        start_date,
        end_date,
        cancelled_on,
        total_value,
        one_time_fees,
        currency,
        updated_at
    from checked_contracts
    where reject_reasons is null

)

select * from accepted_contracts
