import { readRoot } from "#lib/contract/root";
import { resource } from "#lib/http/resource";
import { serve } from "#lib/http/serve";
import { root } from "#lib/http/service";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = resource(serve(readRoot, root));
