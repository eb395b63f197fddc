import { createToken, readOwnToken, revokeOwnToken } from "#lib/contract/tokens";
import { tokens } from "#lib/domain/tokens";
import { resource } from "#lib/http/resource";
import { serve } from "#lib/http/serve";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = resource(
  serve(createToken, tokens.create, { check: tokens.createFaults }),
  serve(readOwnToken, tokens.readOwn),
  serve(revokeOwnToken, tokens.revokeOwn),
);
