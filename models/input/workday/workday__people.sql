with

names as (

    {{ native_rows('workday', 'person_name') }}

),

addresses as (

    {{ native_rows('workday', 'person_contact_email_address') }}

),

-- a legal name stands beside the one that somebody prefers
ranked_names as (

    select
        personal_info_system_id as worker_id,
        {{ clean_text("coalesce(first_name, '') || ' ' || coalesce(last_name, '')") }} as full_name,
        row_number() over (
            partition by personal_info_system_id
            order by
                case when lower(type) = 'preferred' then 1 else 2 end,
                {{ by_code_point('first_name') }},
                {{ by_code_point('last_name') }}
        ) as name_rank
    from names
    where not _fivetran_deleted

),

-- users meet employees by their address at work; the address at home is nobody's business
ranked_addresses as (

    select
        personal_info_system_id as worker_id,
        email_address,
        rank() over (
            partition by personal_info_system_id
            order by
                case
                    when lower(email_code) like '%work%primary%' then 1
                    when lower(email_code) like '%work%' then 2
                    else 3
                end
        ) as address_rank
    from addresses
    where
        not _fivetran_deleted
        and not coalesce(lower(email_code) like '%home%', false)

),

-- which of two is meant, nobody can say
addresses_at_work as (

    select
        worker_id,
        min(email_address) as email
    from ranked_addresses
    where address_rank = 1
    group by worker_id
    having count(distinct email_address) = 1

),

worker_ids as (

    select worker_id from ranked_names
    union
    select worker_id from addresses_at_work

),

people as (

    select
        worker_ids.worker_id,
        ranked_names.full_name,
        addresses_at_work.email
    from worker_ids
    left join ranked_names
        on
            worker_ids.worker_id = ranked_names.worker_id
            and ranked_names.name_rank = 1
    left join addresses_at_work on worker_ids.worker_id = addresses_at_work.worker_id

)

select * from people
