with

versions_of_memberships as (

    {{ native_rows('workday', 'worker_position_organization_history') }}

),

organizations as (

    {{ native_rows('workday', 'organization') }}

),

-- no day says since when a position belongs to an organisation: what holds now is taken for all
memberships as (

    select
        versions_of_memberships.worker_id,
        versions_of_memberships.position_id,
        organizations.name,
        organizations.type,
        organizations.sub_type
    from versions_of_memberships
    inner join organizations on versions_of_memberships.organization_id = organizations.id
    where
        not {{ is_false('versions_of_memberships._fivetran_active') }}
        and not versions_of_memberships._fivetran_deleted

),

departments as (

    select distinct
        worker_id,
        position_id,
        name
    from memberships
    where
        {{ is_label('type', [clean_label(setting('department_organization_type'))]) }}
        or {{ is_label('sub_type', [clean_label(setting('department_organization_type'))]) }}

),

teams as (

    select distinct
        worker_id,
        position_id,
        name
    from memberships
    where
        {{ is_label('type', [clean_label(setting('team_organization_type'))]) }}
        or {{ is_label('sub_type', [clean_label(setting('team_organization_type'))]) }}

),

-- of two departments none is the right one: somebody is in both
position_organizations as (

    select
        coalesce(departments.worker_id, teams.worker_id) as worker_id,
        coalesce(departments.position_id, teams.position_id) as position_id,
        departments.name as department,
        teams.name as team,
        row_number() over (
            partition by
                coalesce(departments.worker_id, teams.worker_id),
                coalesce(departments.position_id, teams.position_id)
            order by {{ by_code_point('departments.name') }}, {{ by_code_point('teams.name') }}
        ) as place
    from departments
    full outer join teams
        on
            departments.worker_id = teams.worker_id
            and departments.position_id = teams.position_id

)

select * from position_organizations
