-- Two roles of a PostgreSQL warehouse, for a superuser to run once in its database (again does no harm):
--
--     psql -d sales_kpis -f sales_kpis/postgres_roles.sql
--
-- sales_kpis_builder builds and publishes, sales_kpis_reader reads what is published, and neither logs
-- in: grant them to whoever does (`grant sales_kpis_reader to tableau`).

do $$
begin
    if not exists (select from pg_roles where rolname = 'sales_kpis_builder') then
        create role sales_kpis_builder nologin;
    end if;
    if not exists (select from pg_roles where rolname = 'sales_kpis_reader') then
        create role sales_kpis_reader nologin;
    end if;
    -- what everybody may do in a new database: temporary tables, and tables in public on older servers
    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect on database %I to sales_kpis_reader', current_database());
    execute format('grant connect, create, temporary on database %I to sales_kpis_builder', current_database());
end
$$;

revoke all on schema public from public;

-- large objects can be made by everybody, too
revoke execute on function lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea), lo_put(oid, bigint, bytea),
    lowrite(integer, bytea), lo_unlink(oid) from public;

create schema if not exists published;
alter schema published owner to sales_kpis_builder;
grant usage on schema published to sales_kpis_reader;
-- whoever publishes grants the role what is new
grant select on all tables in schema published to sales_kpis_reader;

-- not a lock, but a reader's mistake is said at once
alter role sales_kpis_reader set default_transaction_read_only = on;
