import { readRoot } from "#lib/contract/root";
import { resource } from "#lib/http/resource";
import { root } from "#lib/http/root";
import { serve } from "#lib/http/serve";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = resource(serve(readRoot, root));
