import { and, eq, sql } from "drizzle-orm";
import type { Principal, Tx } from "#lib/db/company";
import { accounts as table } from "#lib/db/tables/accounts";
import { contacts } from "#lib/db/tables/contacts";
import { auditEach } from "#lib/domain/audit";
import { DomainError } from "#lib/domain/errors";
import { membersOf } from "#lib/domain/records/member";
import { storeOf } from "#lib/domain/records/store";
import { recordVerbs } from "#lib/domain/records/verbs";
import { changedBy } from "#lib/domain/records/versions";
import { accountSearch } from "#lib/domain/search";
import { account } from "#lib/nouns/account";
import { accountLimits } from "#lib/vocabulary";

// The columns are spelled out: Drizzle leaves out the table's name in a select from one table, and they would be the contacts'.
const contact_count = sql<number>`(
  select count(*)::int from repdesk.contacts c
   where c.company_id = repdesk.accounts.company_id and c.account_id = repdesk.accounts.id)`;

export const accounts = recordVerbs(storeOf(account, table, { contact_count }), {
  loaders: { members: membersOf },
  search: accountSearch,
  beforeRemove: (tx, principal, { id }) => detachContacts(tx, principal, id),
});

/**
 * Takes the contacts off an account, each a change with its own audit entry. The account is locked, so no contact can be added to
 * it meanwhile, and at most as many are changed as were counted.
 */
async function detachContacts(tx: Tx, principal: Principal, account_id: string): Promise<void> {
  const isOfAccount = and(eq(contacts.company_id, principal.company.id), eq(contacts.account_id, account_id));
  const count = await tx.$count(contacts, isOfAccount);
  if (count > accountLimits.contactsAtDeletion) throw hasDependents(count);
  if (count === 0) return;
  const detach = tx
    .update(contacts)
    .set({ account_id: null, ...changedBy(principal, contacts.version) })
    .where(isOfAccount)
    .returning({ id: contacts.id });
  const change = { action: "contact.updated", before: { account_id }, after: { account_id: null } };
  await auditEach(tx, change, detach, count);
}

function hasDependents(count: number): DomainError {
  const most = accountLimits.contactsAtDeletion.toLocaleString("en-US");
  return new DomainError(
    "has_dependents",
    `This account has ${count.toLocaleString("en-US")} contacts. An account with more than ${most} can't be deleted. ` +
      "Delete contacts or move them to another account first.",
  );
}
