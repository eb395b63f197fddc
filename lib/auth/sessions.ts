import type { AuthError } from "@supabase/supabase-js";
import { type Session, verifyAccessToken } from "#lib/auth/access-token";
import { type Activity, inSession } from "#lib/auth/activity";
import { openClient } from "#lib/auth/client";
import { endingCookies, type SessionCookie, storedSessionOf } from "#lib/auth/cookie";
import { AuthRefusal, AuthUnavailable, sessionExpired, sessionInvalid } from "#lib/auth/errors";
import { unforeseen } from "#lib/auth/refusals";
import type { SignInKind } from "#lib/vocabulary";

/** What came of something a person did: only then are cookies to be set. */
export type Outcome = {
  state: "signed_in" | "signed_out" | "check_mail";
  cookies: SessionCookie[];
  /** Who proved to own this address: the browser is remembered for it. */
  email?: string | undefined;
  activity?: Activity | undefined;
};

type Client = ReturnType<typeof openClient>;

/** The session that came of it, in place of whichever the browser had. */
export function signedIn(headers: Headers, client: Client, more: Pick<Outcome, "email" | "activity">): Outcome {
  const cookies = client.cookies();
  return { state: "signed_in", cookies: [...cookies, ...endingCookies(headers, cookies)], ...more };
}

/** The session of the cookie, verified. An expired one is refused: the app's client refreshes it and asks again. */
export async function sessionOf(headers: Headers): Promise<Session & { access_token: string }> {
  const stored = await storedSessionOf(headers);
  if (typeof stored === "string") throw sessionInvalid();
  const session = await verifyAccessToken(stored.access_token);
  if (session === "expired") throw sessionExpired();
  if (session === "invalid") throw sessionInvalid();
  return { ...session, access_token: stored.access_token };
}

/**
 * Ends sessions at the service. That one's own had ended before is no fault where it was to be ended; the others it can no longer
 * end, and those then stand: `session_invalid`.
 */
export async function endSessions(client: Client, accessToken: string, scope: "local" | "others"): Promise<void> {
  const { error } = await client.ask((auth) => auth.admin.signOut(accessToken, scope));
  if (error && isGone(error) && scope === "others") throw sessionInvalid();
  if (error && !isGone(error))
    throw error.status === 429 ? new AuthUnavailable(error) : unforeseen("a sign-out", error);
}

/** After a new password. It is saved by now: if the service goes away meanwhile, the person is told what is left to do. */
export async function endOthers(
  headers: Headers,
  client: Client,
  accessToken: string,
  kind: SignInKind,
): Promise<void> {
  try {
    await endSessions(openClient(), accessToken, "others");
  } catch {
    const { cookies } = signedIn(headers, client, {});
    const detail =
      "Your new password is saved, but other sessions may still stand. Sign out everywhere else in My Settings.";
    throw new AuthRefusal("half_done", detail, { cookies, activity: inSession(kind, accessToken) });
  }
}

/** The session, or its user, had ended before. */
function isGone(error: AuthError): boolean {
  return error.status === 403 || error.status === 404 || error.name === "AuthSessionMissingError";
}
