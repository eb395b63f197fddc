import type { AuthError } from "@supabase/supabase-js";
import { type Session, verifyAccessToken } from "#lib/auth/access-token";
import { type Activity, inSession } from "#lib/auth/activity";
import { openClient } from "#lib/auth/client";
import { endingCookies, type SessionCookie, storedSessionOf } from "#lib/auth/cookie";
import { sessionExpired, sessionInvalid, signInAway } from "#lib/auth/errors";
import { forgetRefresh, type RefreshLimit, refresh } from "#lib/auth/refresh";
import { type AppError, isAppError } from "#lib/errors";

/** What a person does with a session they have: renew it, end it, end all others. */

/** The result of a person's action at the sign-in service. */
export type Outcome = {
  state: "signed_in" | "signed_out" | "check_mail";
  cookies: SessionCookie[];
  /** The address whose owner this browser belongs to: the browser is remembered for it. */
  email?: string | undefined;
  activity?: Activity | undefined;
  /** Why the action failed, though cookies are to be set or activity is to be noted. */
  error?: AppError | undefined;
};

type Client = ReturnType<typeof openClient>;

/** A new access token for the session of the cookie, if the one it has is about to expire. */
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

/** The session that an action created, in place of the one the browser had. */
export function signedIn(headers: Headers, client: Client, more: Pick<Outcome, "email" | "activity">): Outcome {
  const cookies = client.cookies();
  return { state: "signed_in", cookies: [...cookies, ...endingCookies(headers, cookies)], ...more };
}

/** The session of the cookie, verified. An expired one is rejected: the app's client refreshes it and asks again. */
export async function sessionOf(headers: Headers): Promise<Session & { access_token: string }> {
  const stored = await storedSessionOf(headers);
  if (typeof stored === "string") throw sessionInvalid();
  const session = await verifyAccessToken(stored.access_token);
  if (session === "expired") throw sessionExpired();
  if (session === "invalid") throw sessionInvalid();
  return { ...session, access_token: stored.access_token };
}

/**
 * Ends sessions at the service. It is no error if the session itself was to end and already has. A session that is gone can't end the
 * others, though: `session_invalid`.
 */
export async function endSessions(client: Client, accessToken: string, scope: "local" | "others"): Promise<void> {
  const { error } = await client.ask((auth) => auth.admin.signOut(accessToken, scope));
  if (error && isGone(error) && scope === "others") throw sessionInvalid();
  if (error && !isGone(error)) throw error.status === 429 ? signInAway(error) : unforeseen("a sign-out", error);
}

function isGone(error: AuthError): boolean {
  return error.status === 403 || error.status === 404 || error.name === "AuthSessionMissingError";
}

/** An answer of the service that no person could have caused: a fault of ours or of the service's settings. */
export function unforeseen(what: string, error: AuthError): Error {
  return new Error(`the sign-in service rejected ${what}: ${error.status} ${error.code}`, { cause: error });
}
