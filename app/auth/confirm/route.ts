import { confirm } from "#lib/auth/passwords";
import { confirmInput } from "#lib/contract/session";
import { door, leadTo } from "#lib/http/door";

export const { HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = door({
  name: "confirm",
  input: confirmInput,
  limits: "failed",
  work: confirm,
});

/** Mail scanners follow links: a mailed one leads to a page, and only the page's button uses it. */
export const GET = leadTo("confirm", "/confirm");
