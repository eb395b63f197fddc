import { changePassword } from "#lib/auth/passwords";
import { passwordInput } from "#lib/contract/session";
import { door } from "#lib/http/door";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = door({
  name: "password",
  input: passwordInput,
  tries: 30,
  session: true,
  work: changePassword,
});
