import { signUp } from "#lib/auth/supabase";
import { signUpInput } from "#lib/contract/session";
import { door } from "#lib/http/door";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = door({
  name: "sign-up",
  input: signUpInput,
  limits: "all",
  work: signUp,
});
