import { type SQL, sql } from "drizzle-orm";
import type { Principal, Tx } from "#lib/db/company";

/** Up to this many matches are selected by id. With more, a scan in the list's order soon finds a page of them. */
const most = 2_000;

/** The condition for a search of accounts. */
export async function accountSearch(tx: Tx, _: Principal, q: string): Promise<SQL> {
  const [found] = await tx.execute<{ ids: string | null }>(sql`select repdesk.search_accounts(${q}, ${most}) as ids`);
  if (found && found.ids !== null) return sql`repdesk.accounts.id = any (${found.ids}::text[])`;
  return sql`repdesk.is_match(repdesk.accounts.search_key, null, repdesk.search_patterns(${q}))`;
}

/** The same for contacts, which are also found by their account's name if the caller may read accounts. */
export async function contactSearch(tx: Tx, { permissions }: Principal, q: string): Promise<SQL> {
  const withAccounts = permissions.includes("accounts:read");
  const [found] = await tx.execute<{ ids: string | null; has_number: boolean }>(sql`
    select repdesk.search_contacts(${q}, ${most}, ${withAccounts}) as ids,
           repdesk.contact_patterns(${q}) <> repdesk.search_patterns(${q}) as has_number`);
  if (found && found.ids !== null) return sql`repdesk.contacts.id = any (${found.ids}::text[])`;
  const isMatch = (patterns: SQL) => sql`repdesk.is_match(repdesk.contacts.search_key, (
    select a.name_key from repdesk.accounts a
     where ${withAccounts} and a.company_id = repdesk.contacts.company_id and a.id = repdesk.contacts.account_id),
    ${patterns})`;
  const asWritten = isMatch(sql`repdesk.search_patterns(${q})`);
  return found?.has_number ? sql`(${asWritten} or ${isMatch(sql`repdesk.contact_patterns(${q})`)})` : asWritten;
}
