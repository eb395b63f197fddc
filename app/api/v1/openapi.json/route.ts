import { readOpenApi } from "#lib/contract/root";
import { resource } from "#lib/http/resource";
import { serve } from "#lib/http/serve";
import { document } from "#lib/http/service";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = resource(serve(readOpenApi, document));
