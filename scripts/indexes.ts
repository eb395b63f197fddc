import type { Sql } from "postgres";
import type { Log } from "./project.ts";

/**
 * Indexes of large tables that `find_records` (migration 0011) and counts use. Not in a migration, since those run in one transaction,
 * in which an index can be built only while it blocks every write. Until they are built, everything works, but more slowly.
 */
const indexes = [
  {
    name: "contacts_lookup",
    on: `contacts using gin (company_id extensions.text_ops, search_key extensions.gin_trgm_ops, repdesk.letters(search_key), tags,
      owner_id extensions.text_ops)`,
    replaces: "contacts_search",
  },
  {
    name: "accounts_lookup",
    on: `accounts using gin (company_id extensions.text_ops, search_key extensions.gin_trgm_ops, repdesk.letters(search_key), tags,
      owner_id extensions.text_ops, name_key extensions.gin_trgm_ops)`,
    replaces: "accounts_search",
  },
  { name: "contacts_not_to_contact", on: "contacts (company_id) where do_not_contact" },
  // Equal keys are stored once, so counting an account's contacts reads few pages.
  { name: "contacts_of_account", on: "contacts (company_id, account_id)" },
];

/** Builds the indexes that are missing or that an interrupted run left unfinished, and drops those that they replace. */
export async function buildIndexes(sql: Sql, lockKey: number, log: Log): Promise<void> {
  const [found] = await sql`select to_regprocedure('repdesk.letters(text)') is not null as is_ready`;
  if (!found?.is_ready) return;
  const [lock] = await sql`select pg_try_advisory_lock(${lockKey}) as is_ours`;
  if (!lock?.is_ours) return log("Another process is building indexes.");
  // Waits for transactions that are older than the index, without blocking others.
  await sql`set lock_timeout = '5min'`;
  for (const { name, on, replaces } of indexes) {
    const [index] =
      await sql`select indisvalid as is_valid from pg_index where indexrelid = to_regclass(${`repdesk.${name}`})`;
    if (index?.is_valid === false) await sql.unsafe(`drop index concurrently repdesk.${name}`);
    if (!index?.is_valid) {
      await sql.unsafe(`create index concurrently ${name} on repdesk.${on}`);
      log(`Built the index ${name}.`);
    }
    if (replaces) await sql.unsafe(`drop index concurrently if exists repdesk.${replaces}`);
  }
}
