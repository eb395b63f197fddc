import { accountEndpoints, contactEndpoints } from "#lib/contract/records";
import { accounts } from "#lib/domain/accounts";
import { contacts } from "#lib/domain/contacts";
import { type NounRoutes, recordRoutes } from "#lib/http/record-routes";

/** The endpoints of every noun, bound to what they do. */
export const records: NounRoutes = {
  accounts: recordRoutes(accountEndpoints, accounts),
  contacts: recordRoutes(contactEndpoints, contacts),
};
