import { readOpenApi } from "#lib/contract/root";
import { resource } from "#lib/http/resource";
import { document } from "#lib/http/root";
import { serve } from "#lib/http/serve";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = resource(serve(readOpenApi, document));
