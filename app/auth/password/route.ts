import { changePassword } from "#lib/auth/sign-in";
import { passwordInput } from "#lib/contract/session";
import { signInEndpoint } from "#lib/http/sign-in-endpoint";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = signInEndpoint({
  name: "password",
  input: passwordInput,
  limits: "failed",
  session: true,
  work: changePassword,
});
