import { expect, test } from "vitest";
import { superuser } from "./support.ts";

/** Rights according to PostgreSQL's catalog, for the roles of a hosted project. */

const strangers = ["anon", "authenticated", "service_role", "public"];
const tenantTables = [
  "accounts",
  "api_tokens",
  "audit_events",
  "blanking_queue",
  "companies",
  "contacts",
  "idempotency_keys",
  "members",
  "notes",
  "token_clients",
  "token_days",
  "token_requests",
  "token_secrets",
];
/** Tables that belong to a person, across all companies: only that person reads them, and only a definer function writes them. */
const personTables = ["sign_in_events"];
const definers = [
  "add_first_secret()",
  "blank_deleted_record()",
  "blank_queued_records(integer)",
  "companies_made_by(uuid)",
  "delete_expired_idempotency_keys(integer)",
  "delete_old_sign_in_events(integer)",
  "delete_old_token_usage(integer)",
  "find_records(text,text,boolean,jsonb,text,boolean,text,text,integer)",
  "my_companies(uuid)",
  "note_exposed_tokens(jsonb)",
  "note_refused_tokens(jsonb)",
  "note_sign_ins(jsonb)",
  "note_token_usage(jsonb)",
  "note_token_uses(jsonb)",
  "prove_session(uuid,uuid,text,text,text)",
  "prove_token(bytea,text,text)",
  "purge_idempotency_keys(integer)",
  "revoke_leaked_tokens(jsonb)",
  "search_accounts(text,integer)",
  "search_contacts(text,integer,boolean)",
];
/** They run when a record is deleted, and when a token is created. Nobody can call them. */
const triggers = ["add_first_secret()", "blank_deleted_record()"];

const ours = superuser`c.relnamespace = 'repdesk'::regnamespace`;

test("each table has forced row-level security and a policy with USING and WITH CHECK on the transaction's company", async () => {
  const tables = await superuser`
    select c.relname, c.relrowsecurity, c.relforcerowsecurity,
           (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies,
           (select bool_and(p.polpermissive and p.polcmd = '*'
              and pg_get_expr(p.polqual, p.polrelid) like '%repdesk.company_id%'
              and pg_get_expr(p.polwithcheck, p.polrelid) = pg_get_expr(p.polqual, p.polrelid))
              from pg_policy p where p.polrelid = c.oid) as is_tenant
      from pg_class c where ${ours} and c.relkind in ('r', 'p') and c.relname != all (${personTables}) order by 1`;
  expect(tables.map(({ relname }) => relname)).toEqual(tenantTables);
  for (const { relname, ...rest } of tables)
    expect({ relname, ...rest }).toEqual({
      relname,
      relrowsecurity: true,
      relforcerowsecurity: true,
      policies: 1,
      is_tenant: true,
    });
});

test("each table of a person has forced row-level security and one policy, which lets the transaction's user read", async () => {
  const tables = await superuser`
    select c.relname, c.relrowsecurity, c.relforcerowsecurity, p.polcmd, p.polroles::regrole[]::text as roles,
           pg_get_expr(p.polqual, p.polrelid) like '%user_id = ( SELECT (NULLIF(current_setting(''repdesk.user_id''%' as is_own
      from pg_class c join pg_policy p on p.polrelid = c.oid where ${ours} and c.relname = any (${personTables}) order by 1`;
  const secured = {
    relrowsecurity: true,
    relforcerowsecurity: true,
    polcmd: "r",
    roles: "{repdesk_app}",
    is_own: true,
  };
  expect(tables.map((table) => ({ ...table }))).toEqual(personTables.map((relname) => ({ relname, ...secured })));
});

test("the schema has no views, sequences, or foreign tables", async () => {
  const others = await superuser`select c.relname from pg_class c where ${ours} and c.relkind not in ('r', 'p', 'i')`;
  expect(others).toHaveLength(0);
});

test("company_id of each tenant table is not null, and part of its foreign and unique keys", async () => {
  const nullable = await superuser`
    select c.relname from pg_class c where ${ours} and c.relkind = 'r' and c.relname not in ('companies', 'idempotency_keys', 'sign_in_events')
       and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'company_id' and a.attnotnull)`;
  expect(nullable).toHaveLength(0);
  const keys = await superuser`
    select k.conname, k.contype,
           exists (select from pg_attribute a where a.attrelid = k.conrelid and a.attnum = any(k.conkey) and a.attname = 'company_id') as has_company
      from pg_constraint k join pg_class c on c.oid = k.conrelid where ${ours} and k.contype in ('f', 'u', 'p')`;
  expect(keys.filter(({ contype }) => contype === "f").length).toBeGreaterThan(10);
  const without = keys.filter(({ has_company }) => !has_company).map(({ conname }) => conname);
  // A slug is unique across companies, and a token is looked up before its company is known.
  const known = [
    ...["api_tokens_hash", "api_tokens_prefix", "companies_pkey", "companies_slug", "sign_in_events_key"],
    "token_secrets_hash",
  ];
  expect(without.sort()).toEqual(known);
});

test("repdesk_app has the rights on each table that it needs, and no others", async () => {
  const rights = await superuser`
    select c.relname, array_agg(r.name order by r.name) filter (where has_table_privilege('repdesk_app', c.oid, r.name)
             or (r.name in ('SELECT', 'INSERT', 'UPDATE') and has_any_column_privilege('repdesk_app', c.oid, r.name))) as names
      from pg_class c, unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN']) as r(name)
     where ${ours} and c.relkind = 'r' group by 1`;
  expect(Object.fromEntries(rights.map(({ relname, names }) => [relname, names?.join(" ") ?? "nothing"]))).toEqual({
    accounts: "DELETE INSERT SELECT UPDATE",
    api_tokens: "INSERT SELECT UPDATE",
    audit_events: "INSERT SELECT",
    blanking_queue: "nothing",
    companies: "INSERT SELECT",
    contacts: "DELETE INSERT SELECT UPDATE",
    idempotency_keys: "DELETE INSERT SELECT UPDATE",
    members: "INSERT SELECT UPDATE",
    notes: "DELETE INSERT SELECT UPDATE",
    sign_in_events: "SELECT",
    token_clients: "SELECT",
    token_days: "SELECT",
    token_requests: "SELECT",
    token_secrets: "INSERT SELECT UPDATE",
  });
  const columns = await superuser`
    select c.relname || '.' || a.attname as name,
           has_column_privilege('repdesk_app', c.oid, a.attnum, 'SELECT') as read,
           has_column_privilege('repdesk_app', c.oid, a.attnum, 'UPDATE') as change
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where ${ours} and c.relname in ('api_tokens', 'members', 'token_secrets')`;
  expect(columns.filter(({ read }) => !read).map(({ name }) => name)).toEqual([
    "api_tokens.hash",
    "token_secrets.hash",
  ]);
  const changeable = columns.filter(({ change }) => change).map(({ name }) => name);
  expect(changeable.sort()).toEqual([
    "api_tokens.allowed_addresses",
    "api_tokens.attended_at",
    "api_tokens.expires_at",
    "api_tokens.exposed_at",
    "api_tokens.lifetime",
    "api_tokens.name",
    "api_tokens.revoked_at",
    "api_tokens.revoked_by_member_id",
    "api_tokens.revoked_reason",
    "api_tokens.scopes",
    "api_tokens.suspended_at",
    "api_tokens.suspended_by_member_id",
    "api_tokens.suspended_reason",
    "api_tokens.updated_at",
    "api_tokens.version",
    "members.name",
    "members.updated_at",
    "members.version",
    "token_secrets.ended_at",
    "token_secrets.ended_reason",
    "token_secrets.lapses_at",
  ]);
});

test("repdesk_app is an ordinary login that owns nothing, has no other roles, and can't create anything", async () => {
  const [role] = await superuser`
    select rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles where rolname = 'repdesk_app'`;
  expect(role).toEqual({
    ...{
      rolcanlogin: true,
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolreplication: false,
    },
  });
  const [rights] = await superuser`
    select (select count(*)::int from pg_class where relowner = 'repdesk_app'::regrole) as relations,
           (select count(*)::int from pg_proc where proowner = 'repdesk_app'::regrole) as functions,
           (select count(*)::int from pg_auth_members where member = 'repdesk_app'::regrole) as roles,
           has_schema_privilege('repdesk_app', 'repdesk', 'CREATE') as may_create,
           has_schema_privilege('repdesk_app', 'auth', 'USAGE') as sees_auth`;
  expect(rights).toEqual({ relations: 0, functions: 0, roles: 0, may_create: false, sees_auth: false });
});

test("each definer function is listed, has an empty search path, and belongs to a role that bypasses row-level security", async () => {
  const found = await superuser`
    select p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as name, p.proconfig, o.rolbypassrls, o.rolsuper
      from pg_proc p join pg_roles o on o.oid = p.proowner
     where p.pronamespace = 'repdesk'::regnamespace and p.prosecdef order by 1`;
  const plain = (name: string) => name.replace(/\w+ (\w+)(, |\))/g, "$1$2").replaceAll(", ", ",");
  expect(found.map(({ name }) => plain(name))).toEqual(definers);
  for (const { proconfig, rolbypassrls, rolsuper } of found)
    expect({ path: proconfig?.[0], rolbypassrls, rolsuper }).toEqual({
      path: 'search_path=""',
      rolbypassrls: true,
      rolsuper: false,
    });
});

test("other roles can read and call nothing; repdesk_app can call what it needs", async () => {
  const roles = await superuser`select rolname from pg_roles where rolname = any (${strangers})`;
  expect(roles).toHaveLength(3);
  for (const role of strangers) {
    const [sees] = await superuser`
      select has_schema_privilege(${role}, 'repdesk', 'USAGE, CREATE') as schema,
             (select count(*)::int from pg_class c where ${ours} and c.relkind = 'r'
                and (has_table_privilege(${role}, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
                  or has_any_column_privilege(${role}, c.oid, 'SELECT, INSERT, UPDATE, REFERENCES'))) as tables,
             (select count(*)::int from pg_proc p where p.pronamespace = 'repdesk'::regnamespace
                and has_function_privilege(${role}, p.oid, 'EXECUTE')) as functions`;
    expect({ role, ...sees }).toEqual({ role, schema: false, tables: 0, functions: 0 });
  }
  const callable = await superuser`
    select p.proname from pg_proc p where p.pronamespace = 'repdesk'::regnamespace and has_function_privilege('repdesk_app', p.oid, 'EXECUTE')`;
  const wanted = [
    ...definers.filter((name) => !triggers.includes(name)).map((name) => name.replace(/\(.*/, "")),
    "are_tags",
    "contact_patterns",
    "contact_search_key",
    "is_match",
    "letters",
    "normalise",
    "phone_digits",
    "search_patterns",
  ];
  expect(callable.map(({ proname }) => proname).sort()).toEqual(wanted.sort());
});

test("the trigger that erases deleted records fires at commit; the others, immediately", async () => {
  const found = await superuser`
    select t.tgrelid::regclass::text as on_table, t.tgfoid::regprocedure::text as runs, t.tgenabled, t.tginitdeferred
      from pg_trigger t join pg_class c on c.oid = t.tgrelid where ${ours} and not t.tgisinternal order by 1, 2`;
  const rule = { runs: "repdesk.blank_deleted_record()", tgenabled: "O", tginitdeferred: true };
  const keys = { tgenabled: "O", tginitdeferred: false };
  expect(found).toEqual([
    { on_table: "repdesk.accounts", ...rule },
    { on_table: "repdesk.api_tokens", runs: "repdesk.add_first_secret()", ...keys },
    { on_table: "repdesk.api_tokens", runs: "repdesk.complete_token()", ...keys },
    { on_table: "repdesk.contacts", ...rule },
    { on_table: "repdesk.contacts", runs: "repdesk.set_email_key()", ...keys },
    { on_table: "repdesk.contacts", runs: "repdesk.set_search_key()", ...keys },
    { on_table: "repdesk.members", runs: "repdesk.erase_token_networks()", ...keys },
    { on_table: "repdesk.notes", ...rule },
  ]);
});

/** Runs one statement as a role. Resolves with the SQLSTATE if it is rejected. */
function codeAs(role: string, statement: string): Promise<string | undefined> {
  return superuser
    .begin(async (tx) => {
      await tx.unsafe(`set local role ${role}`);
      await tx.unsafe(statement);
    })
    .then(
      () => undefined,
      (error: { code: string }) => error.code,
    );
}

for (const role of strangers.filter((name) => name !== "public")) {
  test(`${role} can't read a row of any table`, async () => {
    expect(await codeAs(role, "select 1")).toBeUndefined();
    for (const table of [...tenantTables, ...personTables])
      expect([table, await codeAs(role, `select from repdesk.${table}`)]).toEqual([table, "42501"]);
    expect(await codeAs(role, "select * from repdesk.prove_token('', null, null)")).toBe("42501");
  });
}
