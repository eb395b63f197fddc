import postgres from "postgres";
import type { Secrets } from "./folder.ts";

/**
 * Gives a plain PostgreSQL the roles and rights of a hosted Supabase project, so that nothing works here that would fail there. Runs at
 * every start, as superuser, before anything else connects.
 * Source: the public repositories supabase/postgres (init scripts and migrations) and supabase/auth.
 */
export async function makeHostedRoles(superuserUrl: string, { passwords }: Secrets): Promise<void> {
  const sql = postgres(superuserUrl, { max: 1, onnotice() {} });
  try {
    await sql.unsafe(roles);
    for (const name of ["postgres", "supabase_auth_admin"] as const)
      await sql.unsafe(`alter role ${name} password '${passwords[name]}'`);
    await sql.unsafe(grants);
  } finally {
    await sql.end();
  }
}

/** Restricts the tables of Supabase Auth as in a hosted project: only their owner and the migrating role can read them. */
export async function lockAuthTables(superuserUrl: string): Promise<void> {
  const sql = postgres(superuserUrl, { max: 1, onnotice() {} });
  try {
    await sql.unsafe(authTables);
  } finally {
    await sql.end();
  }
}

const roles = `
do $$
declare
  wanted record;
begin
  for wanted in
    select * from (values
      ('anon', 'nologin'),
      ('authenticated', 'nologin'),
      ('service_role', 'nologin bypassrls'),
      ('postgres', 'login createdb createrole replication bypassrls'),
      ('supabase_auth_admin', 'login noinherit')
    ) as list (name, attributes)
  loop
    if not exists (select from pg_roles where rolname = wanted.name) then
      execute format('create role %I %s', wanted.name, wanted.attributes);
    end if;
  end loop;
end $$;
`;

const grants = `
grant anon, authenticated, service_role to postgres with admin option;
grant all on database postgres to postgres;
grant create on database postgres to supabase_auth_admin;
alter role postgres set search_path = "$user", public, extensions;
alter role supabase_auth_admin set search_path = auth;
alter role anon set statement_timeout = '3s';
alter role authenticated set statement_timeout = '8s';

grant usage, create on schema public to postgres;
grant usage on schema public to anon, authenticated, service_role;
alter default privileges for role postgres in schema public grant all on tables to anon, authenticated, service_role;
alter default privileges for role postgres in schema public grant all on functions to anon, authenticated, service_role;
alter default privileges for role postgres in schema public grant all on sequences to anon, authenticated, service_role;

create schema if not exists extensions;
grant all on schema extensions to postgres;
grant usage on schema extensions to anon, authenticated, service_role;

create schema if not exists auth;
grant all on schema auth to supabase_auth_admin;
grant usage on schema auth to postgres, anon, authenticated, service_role;
`;

const authTables = `
do $$
declare
  found regclass;
begin
  for found in select oid from pg_class where relnamespace = 'auth'::regnamespace and relkind = 'r' loop
    execute format('alter table %s enable row level security', found);
    execute format('grant all on table %s to postgres', found);
    execute format('grant select on table %s to postgres with grant option', found);
  end loop;
end $$;
`;
