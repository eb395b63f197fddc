import type { AuthError } from "@supabase/supabase-js";
import { type Session, verifyAccessToken } from "#lib/auth/access-token";
import { type Activity, inSession } from "#lib/auth/activity";
import { openClient } from "#lib/auth/client";
import { endingCookies, type SessionCookie, storedSessionOf } from "#lib/auth/cookie";
import { sessionExpired, sessionInvalid, signInAway } from "#lib/auth/errors";
import { forgetRefresh, type RefreshLimit, refresh } from "#lib/auth/refresh";
import { type AppError, isAppError } from "#lib/errors";

/** What a person can do with their session: renew it, end it, or end all others. */

/** The result of a person's action at the sign-in service. */
export type Outcome = {
  state: "signed_in" | "signed_out" | "check_mail";
  cookies: SessionCookie[];
  /** The address whose owner this browser belongs to: the browser is remembered for it. */
  email?: string | undefined;
  activity?: Activity | undefined;
  /** Why the action failed, if there are still cookies to set or activity to note. */
  error?: AppError | undefined;
};

type Client = ReturnType<typeof openClient>;

/** Renews the session's access token if it is about to expire. */
export async function renew(headers: Headers, _input: unknown, limit: RefreshLimit): Promise<Outcome> {
  return { state: "signed_in", cookies: (await refresh(headers, limit)).cookies };
}

/** Ends the session at the service, then the cookie. If the service doesn't answer, nothing has ended and nothing is cleared. */
export async function signOut(headers: Headers, _input: unknown, limit: RefreshLimit): Promise<Outcome> {
  const token = await tokenToEnd(headers, limit);
  if (token !== null) await endSessions(openClient(), token, "local");
  await forgetRefresh(headers);
  const activity = token === null ? undefined : inSession("signed_out", token);
  return { state: "signed_out", cookies: endingCookies(headers), activity };
}

/** Ends every session of the person but this one. */
export async function signOutOthers(headers: Headers): Promise<Outcome> {
  const { access_token } = await sessionOf(headers);
  await endSessions(openClient(), access_token, "others");
  return { state: "signed_in", cookies: [], activity: inSession("others_signed_out", access_token) };
}

/** The access token to sign out with; null if there is no session to end. */
async function tokenToEnd(headers: Headers, limit: RefreshLimit): Promise<string | null> {
  const stored = await storedSessionOf(headers);
  if (typeof stored === "string") return null;
  const session = await verifyAccessToken(stored.access_token);
  if (session === "invalid") return null;
  if (session !== "expired") return stored.access_token;
  try {
    return (await refresh(headers, limit)).access_token;
  } catch (error) {
    if (isAppError(error, "session_invalid")) return null;
    throw error;
  }
}

/** The outcome of an action that created a session, which replaces the one in the browser. */
export function signedIn(headers: Headers, client: Client, more: Pick<Outcome, "email" | "activity">): Outcome {
  const cookies = client.cookies();
  return { state: "signed_in", cookies: [...cookies, ...endingCookies(headers, cookies)], ...more };
}

/** The verified session of the cookie. An expired one is rejected: the app's client refreshes it and tries again. */
export async function sessionOf(headers: Headers): Promise<Session & { access_token: string }> {
  const stored = await storedSessionOf(headers);
  if (typeof stored === "string") throw sessionInvalid();
  const session = await verifyAccessToken(stored.access_token);
  if (session === "expired") throw sessionExpired();
  if (session === "invalid") throw sessionInvalid();
  return { ...session, access_token: stored.access_token };
}

/**
 * Ends sessions at the service. With `local`, a session that has already ended is not an error. With `others` it is
 * `session_invalid`, since a session that has ended can't end others.
 */
export async function endSessions(client: Client, accessToken: string, scope: "local" | "others"): Promise<void> {
  const { error } = await client.ask((auth) => auth.admin.signOut(accessToken, scope));
  if (error && isGone(error) && scope === "others") throw sessionInvalid();
  if (error && !isGone(error)) throw error.status === 429 ? signInAway(error) : unforeseen("a sign-out", error);
}

function isGone(error: AuthError): boolean {
  return error.status === 403 || error.status === 404 || error.name === "AuthSessionMissingError";
}

/** The error for a response that a user can't cause: a bug here, or wrong settings of the service. */
export function unforeseen(what: string, error: AuthError): Error {
  return new Error(`the sign-in service rejected ${what}: ${error.status} ${error.code}`, { cause: error });
}
