import { notes as table } from "#lib/db/tables/notes";
import { accounts } from "#lib/domain/accounts";
import { contacts } from "#lib/domain/contacts";
import { storeOf } from "#lib/domain/records/store";
import { recordVerbs } from "#lib/domain/records/verbs";
import { AppError } from "#lib/errors";
import { note } from "#lib/nouns/note";

export const notes = recordVerbs(storeOf(note, table), {
  loaders: { accounts: accounts.byIds, contacts: contacts.byIds },
  beforeChange: ({ member }, { created_by }) => {
    if (created_by.member_id === member.id || member.role === "admin") return;
    throw new AppError("forbidden_role", "Only its author and admins can change or delete a note.");
  },
});
