import { deleteAccount, readAccount, updateAccount } from "#lib/contract/accounts";
import { accounts } from "#lib/domain/accounts";
import { resource } from "#lib/http/resource";
import { serve } from "#lib/http/serve";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = resource(
  serve(readAccount, accounts.read),
  serve(updateAccount, accounts.update, accounts.updateFaults),
  serve(deleteAccount, accounts.remove),
);
