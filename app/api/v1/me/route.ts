import { readMe, updateMe } from "#lib/contract/me";
import { me } from "#lib/domain/me";
import { resource } from "#lib/http/resource";
import { serve } from "#lib/http/serve";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = resource(
  serve(readMe, me.read, { atOnce: me.readAtOnce }),
  serve(updateMe, me.update),
);
