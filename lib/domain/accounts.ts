import { sql } from "drizzle-orm";
import { accounts as table } from "#lib/db/tables/accounts";
import { membersOf } from "#lib/domain/members";
import { deleteNotes, detachContacts } from "#lib/domain/records/dependents";
import { storeOf } from "#lib/domain/records/store";
import { recordVerbs } from "#lib/domain/records/verbs";
import { account } from "#lib/nouns/account";

// The columns are spelled out: in a select from one table, Drizzle omits the table's name, and PostgreSQL would take the contacts'.
const contact_count = sql<number>`(
  select count(*)::int from repdesk.contacts c
   where c.company_id = repdesk.accounts.company_id and c.account_id = repdesk.accounts.id)`;

export const accounts = recordVerbs(storeOf(account, table, { contact_count }), {
  loaders: { members: membersOf },
  beforeRemove: async (tx, principal, { id }) => {
    await detachContacts(tx, principal, id);
    await deleteNotes(tx, principal, "account", id);
  },
});
