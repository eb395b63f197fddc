import type { Principal } from "#lib/db/company";
import { notes as table } from "#lib/db/tables/notes";
import { accounts } from "#lib/domain/accounts";
import { contacts } from "#lib/domain/contacts";
import { storeOf } from "#lib/domain/records/store";
import { recordVerbs } from "#lib/domain/records/verbs";
import { AppError } from "#lib/errors";
import { note } from "#lib/nouns/note";

export const notes = recordVerbs(storeOf(note, table), {
  loaders: { accounts: accounts.byIds, contacts: contacts.byIds },
  beforeChange: (principal, record) => {
    if (mayChange(principal, record)) return;
    throw new AppError("forbidden_role", "Only the author and admins can change or delete a note.");
  },
});

/** Whether the caller may change or delete a note, in addition to having the permission. */
export function mayChange({ member }: Principal, { created_by }: { created_by: { member_id: string } }): boolean {
  return created_by.member_id === member.id || member.role === "admin";
}
