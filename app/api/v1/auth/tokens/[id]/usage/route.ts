import { readTokenUsage } from "#lib/contract/token-usage";
import { tokens } from "#lib/domain/tokens";
import { resource } from "#lib/http/resource";
import { serve } from "#lib/http/serve";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = resource(serve(readTokenUsage, tokens.usage));
