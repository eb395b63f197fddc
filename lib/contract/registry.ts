import * as accounts from "#lib/contract/accounts";
import * as companies from "#lib/contract/companies";
import * as contacts from "#lib/contract/contacts";
import type { Endpoint } from "#lib/contract/endpoint";
import * as me from "#lib/contract/me";
import * as root from "#lib/contract/root";
import * as signIns from "#lib/contract/sign-ins";
import * as tokens from "#lib/contract/tokens";

/** Every endpoint of the API, in the order of the documents. */
export const registry: readonly Endpoint[] = [
  root.readRoot,
  root.readOpenApi,
  root.readHealth,
  me.readMe,
  me.updateMe,
  signIns.listSignIns,
  companies.listCompanies,
  companies.createCompany,
  tokens.createToken,
  tokens.readOwnToken,
  tokens.revokeOwnToken,
  tokens.listTokens,
  tokens.readToken,
  tokens.updateToken,
  tokens.revokeToken,
  accounts.listAccounts,
  accounts.createAccount,
  accounts.readAccount,
  accounts.updateAccount,
  accounts.deleteAccount,
  contacts.listContacts,
  contacts.createContact,
  contacts.readContact,
  contacts.updateContact,
  contacts.deleteContact,
];
