import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres, { type Sql } from "postgres";
import { addressKey, bareDomain } from "#lib/format/domain";
import { buildIndexes } from "./indexes.ts";
import { inProject, type Log } from "./project.ts";

export type MigrationOptions = {
  /** Connects as the role that owns the schema. It needs its own session, so no transaction pooler. */
  ownerUrl: string;
  /** The app's own connection (`DATABASE_URL`). Its role is created with this password if it is missing. */
  appUrl: string;
  log: Log;
  /** The folder of the migrations, for tests. */
  folder?: string;
};

const appRole = "repdesk_app";
const schema = "repdesk_migrations";
const table = "applied";
/** The advisory lock that every migration of this database takes first. An arbitrary number. */
const lockKey = 7_377_335_753;

/**
 * Creates the app's role and migrates the schema. Can run any number of times, also concurrently: one run does the work, and the others
 * wait. All pending migrations run in one transaction, so that a kill leaves nothing half done.
 */
export async function migrate({
  ownerUrl,
  appUrl,
  log,
  folder = inProject("drizzle"),
}: MigrationOptions): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice() {}, connect_timeout: 10, prepare: false });
  try {
    await sql`set lock_timeout = '5min'`;
    await sql`select pg_advisory_lock(${lockKey})`;
    // A migration that waits for a busy table blocks every later statement, so it should fail instead.
    await sql`set lock_timeout = '5s'`;
    await ensureAppRole(sql, appUrl, log);
    await ensureSettings(sql);
    const before = await countApplied(sql);
    await applyMigrations(drizzle(sql), { migrationsFolder: folder, migrationsSchema: schema, migrationsTable: table });
    const applied = await countApplied(sql);
    const wanted = readMigrationFiles({ migrationsFolder: folder }).length;
    // Drizzle silently skips a migration that is dated before the last applied one.
    if (applied < wanted)
      throw new Error(`${wanted - applied} migrations are dated before the last one applied. Renew them.`);
    log(applied === before ? "The database is up to date." : `Applied ${applied - before} migrations.`);
    await renewKeys(sql, log);
    // The rest may take minutes, which others that migrate need not wait for.
    await sql`select pg_advisory_unlock(${lockKey})`;
    await renewSearchKeys(sql, log);
    await buildIndexes(sql, lockKey + 2, log);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

type Stale = { company_id: string; id: string; key: string };

/**
 * Updates keys that older versions wrote to the current form, which SQL can't compute: those of email addresses that aren't ASCII, and of
 * domains with `www.`. Leaves a record unchanged if another one in its company already has the key. A second run finds nothing to do.
 */
async function renewKeys(sql: Sql, log: Log): Promise<void> {
  const [isReady] = await sql`select from information_schema.columns
    where table_schema = 'repdesk' and table_name = 'contacts' and column_name = 'email_key' and is_generated = 'NEVER'`;
  if (!isReady) return;
  const addresses = await sql`select company_id, id, email as value, email_key as key from repdesk.contacts
    where email !~ '^[ -~]*$'`;
  const domains = await sql`select company_id, id, domain as value, domain as key from repdesk.accounts
    where domain like 'www.%'`;
  const left = [
    ...(await renewEach(staleOf(addresses, addressKey), ({ company_id, id, key }) => {
      return sql`update repdesk.contacts set email_key = ${key} where company_id = ${company_id} and id = ${id}`;
    })),
    ...(await renewEach(staleOf(domains, bareDomain), ({ company_id, id, key }) => {
      return sql`update repdesk.accounts set domain = ${key}, version = version + 1, updated_at = now()
        where company_id = ${company_id} and id = ${id}`;
    })),
  ];
  if (left.length === 0) return;
  const named = left.slice(0, 20).map(({ id }) => id);
  log(
    `${left.length} records share an email address or a domain with another one of their company: ${named.join(", ")}`,
  );
}

function staleOf(rows: readonly Record<string, string>[], keyOf: (value: string) => string | null): Stale[] {
  return rows.flatMap(({ company_id = "", id = "", value = "", key }) => {
    const wanted = keyOf(value);
    return wanted === null || wanted === key ? [] : [{ company_id, id, key: wanted }];
  });
}

/** Updates them one by one, and returns those whose key another record has. */
async function renewEach(stale: readonly Stale[], renew: (one: Stale) => PromiseLike<unknown>): Promise<Stale[]> {
  const left: Stale[] = [];
  for (const one of stale) {
    try {
      await renew(one);
    } catch (error) {
      if ((error as { code?: string }).code !== "23505") throw error;
      left.push(one);
    }
  }
  return left;
}

/** Records that one step of the renewal reads. Each step is a transaction of its own. */
const stepSize = 1_000;

const fullName = "coalesce(nullif(btrim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')), ''), email)";

/** The tables with keys that migration 0010 defines anew. Setting a column to itself makes PostgreSQL compute the keys again. */
const searchKeys = [
  {
    table: "accounts",
    touch: "name",
    isStale: `(name_key, search_key) is distinct from
      (repdesk.normalise(name), repdesk.normalise(name || coalesce(' ' || domain, '')))`,
  },
  { table: "members", touch: "name", isStale: "name_key <> repdesk.normalise(name)" },
  { table: "api_tokens", touch: "name", isStale: "name_key <> repdesk.normalise(name)" },
  {
    table: "contacts",
    touch: "first_name",
    isStale: `(name_key, search_key) is distinct from
      (repdesk.normalise(${fullName}), repdesk.contact_search_key(first_name, last_name, email, phone))`,
  },
];

/** Renews the search and sort keys of records older than migration 0010, once, in steps that hold no lock for long. */
async function renewSearchKeys(sql: Sql, log: Log): Promise<void> {
  const [found] = await sql`
    select to_regprocedure('repdesk.contact_search_key(text, text, text, text)') is not null as is_ready`;
  if (!found?.is_ready) return;
  const [renewal] = await sql`select pg_try_advisory_lock(${lockKey + 1}) as is_ours`;
  if (!renewal?.is_ours) return log("Another process is renewing the search keys.");
  await sql`create table if not exists ${sql(schema)}.renewed (what text primary key, at timestamptz not null default now())`;
  const what = "search keys of 0010";
  if ((await sql`select from ${sql(schema)}.renewed where what = ${what}`).length > 0) return;
  // Waits for writers that began before the migration and still write keys of the old form.
  await sql.begin((tx) => tx`lock table repdesk.accounts, repdesk.members, repdesk.api_tokens in share mode`);
  let renewed = 0;
  for (const { table, touch, isStale } of searchKeys) {
    for (let last: string[] | null = ["", ""]; last !== null; ) {
      const [step]: Record<string, string | number>[] = await sql.unsafe(
        `with step as (
           select company_id, id from repdesk.${table} where (company_id, id) > ($1, $2) order by company_id, id limit ${stepSize}),
         renewed as (
           update repdesk.${table} t set ${touch} = t.${touch} from step s
            where t.company_id = s.company_id and t.id = s.id and ${isStale} returning 1)
         select company_id, id, (select count(*)::int from renewed) as count from step order by company_id desc, id desc limit 1`,
        last,
      );
      renewed += Number(step?.count ?? 0);
      last = step ? [String(step.company_id), String(step.id)] : null;
    }
  }
  await sql`insert into ${sql(schema)}.renewed (what) values (${what})`;
  if (renewed > 0) log(`Renewed the search keys of ${renewed} records.`);
}

async function countApplied(sql: Sql): Promise<number> {
  const [found] = await sql`select to_regclass(${`${schema}.${table}`}) is not null as is_there`;
  if (!found?.is_there) return 0;
  const [{ count } = { count: 0 }] = await sql`select count(*)::int from ${sql(schema)}.${sql(table)}`;
  return count;
}

/** Roles belong to the whole server, so a migration of another database may create this one at the same time. */
async function ensureAppRole(sql: Sql, appUrl: string, log: Log): Promise<void> {
  const { username, password } = new URL(appUrl);
  // A pooler expects the project's name after the role's.
  if (decodeURIComponent(username).split(".")[0] !== appRole)
    throw new Error(`DATABASE_URL must log in as ${appRole}.`);
  if (!password) throw new Error("DATABASE_URL needs a password: the migration gives it to the app's role.");
  const verifier = scramVerifier(decodeURIComponent(password));
  for (let attempt = 1; ; attempt += 1) {
    try {
      const [role] = await sql`select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb as is_mighty
        from pg_roles where rolname = ${appRole}`;
      if (role?.is_mighty)
        throw new Error(`The role ${appRole} has more rights than the app should have. Make it an ordinary role.`);
      if (role && (await canLogIn(appUrl))) return;
      const change = role ? "alter role %I login password %L" : "create role %I login noinherit password %L";
      const [{ statement } = { statement: "" }] =
        await sql`select format(${change}::text, ${appRole}::text, ${verifier}::text) as statement`;
      await sql.unsafe(statement);
      log(role ? `The role ${appRole} now has the password of DATABASE_URL.` : `Made the role ${appRole}.`);
      return;
    } catch (error) {
      const isRace = ["42710", "23505", "XX000"].includes((error as { code?: string }).code ?? "");
      if (!isRace || attempt === 20) throw error;
      await sleep(50 * attempt);
    }
  }
}

/**
 * The app's sessions have these settings from their login on, since a pooler keeps none that are made later. A read in one statement
 * can't set its own. A statement is planned for its own values: a generic plan, which PostgreSQL may prefer from the sixth use on, can
 * make a list 100 times slower. Transactions and maintenance set their own time limit; what the journal writes has this one.
 */
const settings = { plan_cache_mode: "force_custom_plan", statement_timeout: "2s" };

async function ensureSettings(sql: Sql): Promise<void> {
  const [{ config } = { config: [] }] = await sql`
    select coalesce(s.setconfig, '{}') as config from pg_roles r left join pg_db_role_setting s
      on s.setrole = r.oid and s.setdatabase = (select oid from pg_database where datname = current_database())
     where r.rolname = ${appRole}`;
  for (const [name, value] of Object.entries(settings)) {
    if (config.includes(`${name}=${value}`)) continue;
    const [{ statement } = { statement: "" }] = await sql`
      select format('alter role %I in database %I set %I = %L', ${appRole}::text, current_database(), ${name}::text, ${value}::text) as statement`;
    try {
      await sql.unsafe(statement);
    } catch (error) {
      if ((error as { code?: string }).code !== "42501") throw error;
      throw new Error(
        `The role that migrates may not change ${appRole}. Run this as a superuser, then migrate again: ${statement};`,
      );
    }
  }
}

/** Whether the app's connection already works. If so, its password isn't set again. */
async function canLogIn(appUrl: string): Promise<boolean> {
  const sql = postgres(appUrl, { max: 1, onnotice() {}, connect_timeout: 10, prepare: false });
  try {
    await sql`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** The verifier that PostgreSQL stores (RFC 5803). Sent instead of the password, so that no server log contains it. */
function scramVerifier(password: string): string {
  const iterations = 4096;
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password.normalize("NFKC"), salt, iterations, 32, "sha256");
  const keyed = (words: string) => createHmac("sha256", salted).update(words).digest();
  const storedKey = createHash("sha256").update(keyed("Client Key")).digest("base64");
  return `SCRAM-SHA-256$${iterations}:${salt.toString("base64")}$${storedKey}:${keyed("Server Key").toString("base64")}`;
}
