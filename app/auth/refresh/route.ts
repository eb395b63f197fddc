import { renew } from "#lib/auth/supabase";
import { door } from "#lib/http/door";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = door({
  name: "refresh",
  limits: "ending",
  work: renew,
});
