import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { environment } from "../environment.ts";

/** Migrations: any number of processes at once, a wait that ends, and a kill that leaves nothing half done. */

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

/** An empty database beside the others, as a hosted project would give it. */
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

test("five processes at once on an empty database all end well, and one of them does the work", {
  timeout: 60_000,
}, async () => {
  const { ownerUrl, sql } = await emptyDatabase();
  const ends = await Promise.all(Array.from({ length: count }, () => startMigration(ownerUrl).ended));
  expect(ends).toEqual(Array(count).fill(0));
  expect(await tablesIn(sql)).toBe(9);
  const [applied] =
    await sql`select count(*)::int as count, count(distinct hash)::int as different from repdesk_migrations.applied`;
  expect(applied?.count).toBe(applied?.different);
  await sql.end();
});

/** Holds up the first migration: it makes a schema of this name, and so waits for this transaction. */
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

test("a migration that is killed leaves nothing half done, and the next one does it all", {
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
  expect(await tablesIn(sql)).toBe(9);
  await sql.end();
});

test("a migration that cannot get a lock gives up after 5 seconds, with nothing done", {
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
