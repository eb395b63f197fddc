import { recover } from "#lib/auth/supabase";
import { recoverInput } from "#lib/contract/session";
import { door } from "#lib/http/door";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = door({
  name: "recover",
  input: recoverInput,
  limits: "all",
  work: recover,
});
