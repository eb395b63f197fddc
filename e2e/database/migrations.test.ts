import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "#lib/format/ids";
import { migrate } from "#scripts/migrations";
import { inProject } from "#scripts/project";
import { environment } from "../environment.ts";

/** Migrations: concurrent runs, a lock timeout, and a kill that leaves nothing half done. */

/** Each migration has its own file. */
const tables = readdirSync(inProject("lib/db/tables")).length;

const count = 5;
let superuser: Sql;
const made: string[] = [];

beforeAll(() => {
  superuser = postgres(environment.superuserUrl, { max: 1, onnotice() {} });
});
afterAll(async () => {
  for (const name of made) await superuser.unsafe(`drop database if exists ${name} with (force)`);
  await superuser.end();
});

/** An empty database, like that of a hosted project. */
async function emptyDatabase(): Promise<{ ownerUrl: string; sql: Sql }> {
  const name = `migrations_${process.pid}_${made.length}`;
  made.push(name);
  await superuser.unsafe(`create database ${name} owner postgres`);
  const url = (base: string) => Object.assign(new URL(base), { pathname: `/${name}` }).toString();
  return {
    ownerUrl: url(environment.ownerUrl),
    sql: postgres(url(environment.superuserUrl), { max: 2, onnotice() {} }),
  };
}

function startMigration(ownerUrl: string): { child: ChildProcess; ended: Promise<number | null> } {
  const env = { ...process.env, MIGRATION_DATABASE_URL: ownerUrl, DATABASE_URL: environment.databaseUrl };
  const child = spawn(process.execPath, ["scripts/migrate.ts"], { env, stdio: "ignore" });
  return { child, ended: once(child, "exit").then(([code]) => code) };
}

async function tablesIn(sql: Sql): Promise<number> {
  const [row] = await sql`select count(*)::int as count from information_schema.tables where table_schema = 'repdesk'`;
  return row?.count;
}

test("five concurrent runs on an empty database all succeed, and one of them does the work", {
  timeout: 60_000,
}, async () => {
  const { ownerUrl, sql } = await emptyDatabase();
  const ends = await Promise.all(Array.from({ length: count }, () => startMigration(ownerUrl).ended));
  expect(ends).toEqual(Array(count).fill(0));
  expect(await tablesIn(sql)).toBe(tables);
  const [applied] =
    await sql`select count(*)::int as count, count(distinct hash)::int as different from repdesk_migrations.applied`;
  expect(applied?.count).toBe(applied?.different);
  await sql.end();
});

/** Blocks the first migration, which creates a schema of this name and so waits for this transaction. */
async function whileSchemaIsHeld(sql: Sql, work: () => Promise<void>): Promise<void> {
  const held = sql.begin(async (tx) => {
    await tx`create schema repdesk`;
    await work();
    throw new Error("held");
  });
  await expect(held).rejects.toThrow("held");
}

const isWaiting = async () => {
  const rows =
    await superuser`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = ${made.at(-1) ?? ""}`;
  return rows.length > 0;
};

test("a killed migration leaves nothing half done, and the next one does everything", {
  timeout: 60_000,
}, async () => {
  const { ownerUrl, sql } = await emptyDatabase();
  await whileSchemaIsHeld(sql, async () => {
    const { child, ended } = startMigration(ownerUrl);
    await expect.poll(isWaiting, { timeout: 15_000 }).toBe(true);
    child.kill("SIGKILL");
    await ended;
  });
  expect(await tablesIn(sql)).toBe(0);
  expect(await startMigration(ownerUrl).ended).toBe(0);
  expect(await tablesIn(sql)).toBe(tables);
  await sql.end();
});

test("a migration that can't get a lock gives up after 5 seconds without changes", {
  timeout: 60_000,
}, async () => {
  const { ownerUrl, sql } = await emptyDatabase();
  await whileSchemaIsHeld(sql, async () => {
    const { ended } = startMigration(ownerUrl);
    expect(await ended).toBe(1);
  });
  expect(await tablesIn(sql)).toBe(0);
  await sql.end();
});

/** A folder with the migrations up to a number. */
function migrationsUntil(count: number): string {
  const folder = mkdtempSync(`${tmpdir()}/repdesk-migrations-`);
  cpSync("drizzle", folder, { recursive: true });
  const path = `${folder}/meta/_journal.json`;
  const journal = JSON.parse(readFileSync(path, "utf8"));
  writeFileSync(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, count) }));
  return folder;
}

test("email addresses and domains of an older version get current keys, unless another record has the key", async () => {
  const { ownerUrl, sql } = await emptyDatabase();
  const logged: string[] = [];
  const log = (line: string) => void logged.push(line);
  const options = { ownerUrl, appUrl: environment.databaseUrl, log };
  await migrate({ ...options, folder: migrationsUntil(7) });
  const company_id = newId("cmp");
  const member = newId("mem");
  await sql`insert into repdesk.companies (id, name, slug, created_by_user_id) values (${company_id}, 'A', 'old', gen_random_uuid())`;
  await sql`insert into repdesk.members (id, company_id, user_id, name, email, role)
    values (${member}, ${company_id}, gen_random_uuid(), 'Ana', '', 'admin')`;
  const by = { company_id, owner_id: member, created_by_member_id: member, updated_by_member_id: member };
  const contact = async (email: string) => {
    const [row] = await sql`insert into repdesk.contacts ${sql({ id: newId("con"), email, ...by })} returning id`;
    return row?.id as string;
  };
  const account = async (domain: string) => {
    const [row] =
      await sql`insert into repdesk.accounts ${sql({ id: newId("acc"), name: "A", domain, ...by })} returning id`;
    return row?.id as string;
  };
  await contact("X@xn--mnchen-3ya.example");
  const twin = await contact("x@münchen.example");
  for (const email of ["y@例え.jp", "José@Example.com", "Ana@Example.com"]) await contact(email);
  await account("acme.com");
  const twins = await account("www.acme.com");
  await account("www.beta.com");

  const state = async () => ({
    keys: (await sql`select email_key from repdesk.contacts order by id`).map(({ email_key }) => email_key),
    domains: (await sql`select domain from repdesk.accounts order by id`).map(({ domain }) => domain),
    versions: (await sql`select version from repdesk.accounts order by id`).map(({ version }) => version),
  });
  const expected = {
    keys: ["x@xn--mnchen-3ya.example", "x@münchen.example", "y@xn--r8jz45g.jp", "josé@example.com", "ana@example.com"],
    domains: ["acme.com", "www.acme.com", "beta.com"],
    versions: [1, 1, 2],
  };
  for (let turn = 0; turn < 2; turn += 1) {
    await migrate(options);
    expect(await state()).toEqual(expected);
    expect(logged).toContain(
      `2 records share an email address or a domain with another one of their company: ${twin}, ${twins}`,
    );
  }
  await contact("Z@Example.com");
  await contact("z@bücher.example");
  expect((await state()).keys.slice(-2)).toEqual(["z@example.com", "z@bücher.example"]);
  await migrate(options);
  expect((await state()).keys.at(-1)).toBe("z@xn--bcher-kva.example");
  await sql.end();
}, 60_000);

test("search and sort keys of an older version are renewed once", async () => {
  const { ownerUrl, sql } = await emptyDatabase();
  const logged: string[] = [];
  const options = { ownerUrl, appUrl: environment.databaseUrl, log: (line: string) => void logged.push(line) };
  await migrate({ ...options, folder: migrationsUntil(10) });
  const [company_id, member] = [newId("cmp"), newId("mem")];
  await sql`insert into repdesk.companies (id, name, slug, created_by_user_id) values (${company_id}, 'A', 'old', gen_random_uuid())`;
  await sql`insert into repdesk.members (id, company_id, user_id, name, email, role)
    values (${member}, ${company_id}, gen_random_uuid(), 'Seán O’Brien', '', 'admin')`;
  const by = { company_id, owner_id: member, created_by_member_id: member, updated_by_member_id: member };
  const person = { first_name: "太郎", last_name: "山田", phone: "+44 (0)20 7946-0559" };
  await sql`insert into repdesk.contacts ${sql({ id: newId("con"), ...person, ...by })}`;
  await sql`insert into repdesk.contacts ${sql({ id: newId("con"), first_name: "Ana", ...by })}`;
  await sql`insert into repdesk.accounts ${sql({ id: newId("acc"), name: "Jean–Luc’s", ...by })}`;
  const [before] = await sql`select version, updated_at from repdesk.contacts where phone is not null`;
  await migrate(options);
  expect(logged).toContain("Renewed the search keys of 4 records.");
  const [contact] = await sql`select search_key, version, updated_at from repdesk.contacts where phone is not null`;
  const key = "太郎 山田 太郎山田 山田太郎 +44 (0)20 7946 0559 442079460559";
  expect(contact).toEqual({ search_key: key, ...before });
  const [account] = await sql`select name_key, search_key from repdesk.accounts`;
  expect(account).toEqual({ name_key: "jean lucs", search_key: "jean lucs" });
  expect((await sql`select name_key from repdesk.members`)[0]?.name_key).toBe("sean obrien");
  await migrate(options);
  expect(logged.at(-1)).toBe("The database is up to date.");
  await sql.end();
}, 60_000);

test("indexes are built once, and again if a run was interrupted while it built one", async () => {
  const { ownerUrl, sql } = await emptyDatabase();
  const logged: string[] = [];
  const options = { ownerUrl, appUrl: environment.databaseUrl, log: (line: string) => void logged.push(line) };
  const built = () => logged.splice(0).filter((line) => line.startsWith("Built"));
  const valid = async () =>
    (
      await sql`select relname from pg_class join pg_index on indexrelid = oid
       where relname in ('contacts_lookup', 'contacts_search', 'accounts_search') and indisvalid`
    ).map(({ relname }) => relname);
  await migrate({ ...options, folder: migrationsUntil(11) });
  expect(await valid()).toHaveLength(2);
  expect(built()).toEqual([]);
  await migrate(options);
  expect(await valid()).toEqual(["contacts_lookup"]);
  expect(built()).toHaveLength(4);
  await sql`update pg_index set indisvalid = false where indexrelid = 'repdesk.contacts_lookup'::regclass`;
  await migrate(options);
  expect(built()).toEqual(["Built the index contacts_lookup."]);
  expect(await valid()).toEqual(["contacts_lookup"]);
  await migrate(options);
  expect(built()).toEqual([]);
  await sql.end();
}, 60_000);
