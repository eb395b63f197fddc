import { readHealth } from "#lib/contract/root";
import { health } from "#lib/http/health";
import { resource } from "#lib/http/resource";
import { serve } from "#lib/http/serve";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = resource(serve(readHealth, health));
