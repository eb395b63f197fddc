import { reportTokenLeaks } from "#lib/contract/token-leaks";
import { report } from "#lib/domain/tokens/leaks";
import { resource } from "#lib/http/resource";
import { serve } from "#lib/http/serve";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = resource(serve(reportTokenLeaks, report));
