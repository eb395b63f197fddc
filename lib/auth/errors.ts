import { type SessionCookie, setCookies } from "#lib/auth/cookie";
import { AppError, Unavailable } from "#lib/errors";
import { tokenInvalidDetail } from "#lib/format/token";

/** `fault`: what is wrong with the form of the header, if anything. */
export const tokenInvalid = (fault?: string | null) => new AppError("token_invalid", fault ?? tokenInvalidDetail);

/** `cookies`: those that delete the session in the browser. */
export function sessionInvalid(cookies: readonly SessionCookie[] = []): AppError {
  const headers = new Headers();
  setCookies(headers, cookies);
  return new AppError("session_invalid", "Your session has ended. Sign in again.", { headers });
}

export const sessionExpired = () =>
  new AppError("session_invalid", "The session's access token has expired. Refresh the session, or sign in again.");

export const tooManyTries = (detail: string) =>
  new AppError("rate_limited", detail, { headers: { "Retry-After": "60" } });

/** The sign-in service didn't respond, so a credential can't be checked: 503, never 401. */
export const signInAway = (cause: unknown) =>
  new Unavailable("the sign-in service did not answer", {
    cause,
    detail: "The sign-in service isn't responding. Try again in a moment.",
  });
