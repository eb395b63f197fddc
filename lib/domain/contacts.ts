import { contacts as table } from "#lib/db/tables/contacts";
import { accounts } from "#lib/domain/accounts";
import { membersOf } from "#lib/domain/members";
import { deleteNotes } from "#lib/domain/records/dependents";
import { storeOf } from "#lib/domain/records/store";
import { recordVerbs } from "#lib/domain/records/verbs";
import { contact } from "#lib/nouns/contact";

export const contacts = recordVerbs(storeOf(contact, table), {
  loaders: { accounts: accounts.byIds, members: membersOf },
  beforeRemove: (tx, principal, { id }) => deleteNotes(tx, principal, "contact", id),
});
