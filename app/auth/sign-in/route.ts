import { signIn } from "#lib/auth/sign-in";
import { signInInput } from "#lib/contract/session";
import { signInEndpoint } from "#lib/http/sign-in-endpoint";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = signInEndpoint({
  name: "sign-in",
  input: signInInput,
  limits: "failed",
  work: signIn,
});
