import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Principal, Tx } from "#lib/db/company";
import { accounts } from "#lib/db/tables/accounts";
import { notFound } from "#lib/domain/errors";
import { oneOf } from "#lib/domain/lists";

/** An account as the contract shows it. */
export const accountColumns = {
  id: accounts.id,
  name: accounts.name,
  domain: accounts.domain,
  website: accounts.website,
  phone: accounts.phone,
  industry: accounts.industry,
  type: accounts.type,
  description: accounts.description,
  tags: accounts.tags,
  external_id: accounts.external_id,
  owner_id: accounts.owner_id,
  // Spelled out: Drizzle leaves a column's table away where a statement selects from one, and inside they would be the contacts'.
  contact_count: sql<number>`(
    select count(*)::int from repdesk.contacts c
     where c.company_id = repdesk.accounts.company_id and c.account_id = repdesk.accounts.id)`,
  version: accounts.version,
  created_at: accounts.created_at,
  updated_at: accounts.updated_at,
  created_by: { member_id: accounts.created_by_member_id, token_id: accounts.created_by_token_id },
  updated_by: { member_id: accounts.updated_by_member_id, token_id: accounts.updated_by_token_id },
};

/** What callers write. */
export const accountFields = [
  "name",
  "domain",
  "website",
  "phone",
  "industry",
  "type",
  "description",
  "tags",
  "external_id",
  "owner_id",
] as const;

export function isAccount(principal: Principal, id: string): SQL | undefined {
  return and(eq(accounts.company_id, principal.company.id), eq(accounts.id, id));
}

export async function findAccount(tx: Tx, principal: Principal, id: string) {
  const [account] = await tx.select(accountColumns).from(accounts).where(isAccount(principal, id));
  return account;
}

export async function readAccount(tx: Tx, principal: Principal, id: string) {
  const account = await findAccount(tx, principal, id);
  if (!account) throw notFound();
  return account;
}

/** The account, held until the transaction ends. Whoever only refers to it need not wait. */
export async function lockAccount(tx: Tx, principal: Principal, id: string, strength: "no key update" | "update") {
  const [account] = await tx.select(accountColumns).from(accounts).where(isAccount(principal, id)).for(strength);
  if (!account) throw notFound();
  return account;
}

/** The accounts that a page of records names. */
export async function accountsOf(tx: Tx, principal: Principal, ids: readonly (string | null)[]) {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return [];
  return tx
    .select(accountColumns)
    .from(accounts)
    .where(and(eq(accounts.company_id, principal.company.id), oneOf(accounts.id, wanted)));
}
