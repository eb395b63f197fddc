import { signOut } from "#lib/auth/sessions";
import { signInEndpoint } from "#lib/http/sign-in-endpoint";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = signInEndpoint({
  name: "sign-out",
  limits: "ending",
  work: signOut,
});
