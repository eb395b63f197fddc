import { signUp } from "#lib/auth/sign-in";
import { signUpInput } from "#lib/contract/session";
import { signInEndpoint } from "#lib/http/sign-in-endpoint";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = signInEndpoint({
  name: "sign-up",
  input: signUpInput,
  limits: "all",
  work: signUp,
});
