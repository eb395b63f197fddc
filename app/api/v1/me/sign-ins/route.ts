import { listSignIns } from "#lib/contract/sign-ins";
import { signIns } from "#lib/domain/sign-ins";
import { resource } from "#lib/http/resource";
import { serve } from "#lib/http/serve";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = resource(serve(listSignIns, signIns.list));
