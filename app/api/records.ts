import { accountEndpoints, contactEndpoints, noteEndpoints } from "#lib/contract/records";
import { accounts } from "#lib/domain/accounts";
import { contacts } from "#lib/domain/contacts";
import { notes } from "#lib/domain/notes";
import { type NounRoutes, recordRoutes } from "#lib/http/record-routes";

/** The endpoints of every noun, bound to their verbs. */
export const records: NounRoutes = {
  accounts: recordRoutes(accountEndpoints, accounts),
  contacts: recordRoutes(contactEndpoints, contacts),
  notes: recordRoutes(noteEndpoints, notes),
};
