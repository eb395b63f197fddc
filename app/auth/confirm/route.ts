import { confirm } from "#lib/auth/sign-in";
import { confirmInput } from "#lib/contract/session";
import { redirectToPage, signInEndpoint } from "#lib/http/sign-in-endpoint";

export const { HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = signInEndpoint({
  name: "confirm",
  input: confirmInput,
  limits: "failed",
  work: confirm,
});

/** Mail scanners follow links, so a link in an email only opens a page. Its button uses the link. */
export const GET = redirectToPage("confirm", "/confirm");
