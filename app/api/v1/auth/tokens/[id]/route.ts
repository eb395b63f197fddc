import { readToken, revokeToken, updateToken } from "#lib/contract/tokens";
import { tokens } from "#lib/domain/tokens";
import { resource } from "#lib/http/resource";
import { serve } from "#lib/http/serve";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = resource(
  serve(readToken, tokens.read),
  serve(updateToken, tokens.update),
  serve(revokeToken, tokens.revoke),
);
