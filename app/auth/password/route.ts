import { changePassword } from "#lib/auth/passwords";
import { passwordInput } from "#lib/contract/session";
import { door } from "#lib/http/door";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = door({
  name: "password",
  input: passwordInput,
  limits: "failed",
  session: true,
  work: changePassword,
});
