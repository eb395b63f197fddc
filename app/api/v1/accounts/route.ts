import { createAccount, listAccounts } from "#lib/contract/accounts";
import { accounts } from "#lib/domain/accounts";
import { resource } from "#lib/http/resource";
import { serve } from "#lib/http/serve";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = resource(
  serve(listAccounts, accounts.list),
  serve(createAccount, accounts.create, accounts.createFaults),
);
