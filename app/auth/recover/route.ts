import { recover } from "#lib/auth/sign-in";
import { recoverInput } from "#lib/contract/session";
import { signInEndpoint } from "#lib/http/sign-in-endpoint";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = signInEndpoint({
  name: "recover",
  input: recoverInput,
  limits: "all",
  work: recover,
});
