import { signIn } from "#lib/auth/supabase";
import { signInInput } from "#lib/contract/session";
import { door } from "#lib/http/door";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = door({
  name: "sign-in",
  input: signInInput,
  limits: "failed",
  work: signIn,
});
