import type { Activity } from "#lib/auth/activity";
import type { SessionCookie } from "#lib/auth/cookie";
import { hasBrand } from "#lib/format/brand";
import { tokenInvalidDetail } from "#lib/format/token";

/** A credential that does not hold. `detail` is the sentence the caller reads. */
export class AuthError extends Error {
  readonly code: "token_invalid" | "session_invalid";
  readonly detail: string;

  constructor(code: "token_invalid" | "session_invalid", detail: string) {
    super(`${code}: ${detail}`);
    this.name = "AuthError";
    this.code = code;
    this.detail = detail;
  }
}

/** Refreshes under way are shared by all bundles, and so is what they throw. */
const brands = {
  unavailable: Symbol.for("repdesk.auth.unavailable"),
  refusal: Symbol.for("repdesk.auth.refusal"),
} as const;

/** The sign-in service did not answer, so nothing can be said about a credential: 503, never 401. */
export class AuthUnavailable extends Error {
  readonly [brands.unavailable] = true;

  static override [Symbol.hasInstance](value: unknown): boolean {
    return hasBrand(value, brands.unavailable);
  }

  readonly detail = "The sign-in service does not answer right now. Try again in a moment.";

  constructor(cause: unknown) {
    super("the sign-in service did not answer", { cause });
    this.name = "AuthUnavailable";
  }
}

/** Why the sign-in service would not do what somebody asked for. */
export type RefusalReason = "wrong_credentials" | "bad_field" | "too_many" | "session_over" | "half_done";

type More = { field?: string; cookies?: SessionCookie[]; activity?: Activity | undefined };

/** The sign-in service said no. `field` is the one to mend; `cookies` go on the answer all the same. */
export class AuthRefusal extends Error {
  readonly [brands.refusal] = true;

  static override [Symbol.hasInstance](value: unknown): boolean {
    return hasBrand(value, brands.refusal);
  }

  readonly reason: RefusalReason;
  readonly detail: string;
  readonly field: string | undefined;
  readonly cookies: SessionCookie[];
  readonly activity: Activity | undefined;

  constructor(reason: RefusalReason, detail: string, more: More = {}) {
    super(`${reason}: ${detail}`);
    this.name = "AuthRefusal";
    this.reason = reason;
    this.detail = detail;
    this.field = more.field;
    this.cookies = more.cookies ?? [];
    this.activity = more.activity;
  }
}

/** `fault` is what is wrong with the form of the header, if that is all that has to be said. */
export const tokenInvalid = (fault?: string | null) => new AuthError("token_invalid", fault ?? tokenInvalidDetail);

export const sessionInvalid = () =>
  new AuthError("session_invalid", "Your session is not valid any more. Sign in again.");

export const sessionExpired = () =>
  new AuthError("session_invalid", "The session's access token has expired. Refresh the session, or sign in again.");
