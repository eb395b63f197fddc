import { confirm } from "#lib/auth/sign-in";
import { confirmInput } from "#lib/contract/session";
import { redirectToPage, signInEndpoint } from "#lib/http/sign-in-endpoint";

export const { HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = signInEndpoint({
  name: "confirm",
  input: confirmInput,
  limits: "failed",
  work: confirm,
});

/** Mail scanners follow links: a mailed one leads to a page, and only the page's button uses it. */
export const GET = redirectToPage("confirm", "/confirm");
