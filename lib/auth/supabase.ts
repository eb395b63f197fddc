import { verifyAccessToken } from "#lib/auth/access-token";
import { atAddress, inSession } from "#lib/auth/activity";
import { openClient } from "#lib/auth/client";
import { endingCookies, storedSessionOf } from "#lib/auth/cookie";
import { AuthRefusal } from "#lib/auth/errors";
import { forgetRefresh, type RefreshLimit, refresh } from "#lib/auth/refresh";
import { signInRefusal, signUpRefusal, unforeseen } from "#lib/auth/refusals";
import { endSessions, type Outcome, sessionOf, signedIn } from "#lib/auth/sessions";
import { env } from "#lib/env";

/**
 * What a person does with the sign-in service. Each function takes the headers of the request and throws AuthRefusal, AuthError
 * or AuthUnavailable; only when it returns are cookies to be set.
 * The service counts tries by address and sees ours for everybody: telling it the person's own takes the project's secret key.
 */

/** Where a mailed link leads if the project's mail templates do not say so themselves. */
const confirmPage = () => `${env().APP_URL}/confirm`;

export async function signIn(headers: Headers, input: { email: string; password: string }): Promise<Outcome> {
  const client = openClient();
  const { data, error } = await client.ask((auth) => auth.signInWithPassword(input));
  const { email } = input;
  if (error) throw signInRefusal(error, atAddress("sign_in_failed", email));
  return signedIn(headers, client, { email, activity: inSession("signed_in", data.session.access_token) });
}

/** Where addresses are to be confirmed, the answer is the same for one that has signed up before. */
export async function signUp(
  headers: Headers,
  input: { name: string; email: string; password: string },
): Promise<Outcome> {
  const { name, email, password } = input;
  const client = openClient();
  const options = { data: { name }, emailRedirectTo: confirmPage() };
  const { data, error } = await client.ask((auth) => auth.signUp({ email, password, options }));
  // The local service says this to every second sign-up with an address, a hosted one to a quick second.
  if (error?.code === "over_email_send_rate_limit") return { state: "check_mail", cookies: [] };
  if (error) throw signUpRefusal(error);
  if (!data.session) return { state: "check_mail", cookies: [] };
  return signedIn(headers, client, { email, activity: inSession("signed_in", data.session.access_token) });
}

/** Sends a link for a new password, if the address has signed up. The answer never tells whether it has. */
export async function recover(_headers: Headers, { email }: { email: string }): Promise<Outcome> {
  const { error } = await openClient().ask((auth) => auth.resetPasswordForEmail(email, { redirectTo: confirmPage() }));
  // Only an address that is known can be one that mail may not be sent to just now.
  if (error?.status === 401) throw unforeseen("to send a link", error);
  return { state: "check_mail", cookies: [], activity: atAddress("recovery_requested", email) };
}

/** A new access token for the session of the cookie, where the one it has is about to expire. */
export async function renew(headers: Headers, _input: unknown, limit: RefreshLimit): Promise<Outcome> {
  return { state: "signed_in", cookies: (await refresh(headers, limit)).cookies };
}

/** Ends the session at the service, then the cookie. Without an answer from there nothing has ended, and nothing is cleared. */
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

/** The access token to sign out with; null where there is no session to end. */
async function tokenToEnd(headers: Headers, limit: RefreshLimit): Promise<string | null> {
  const stored = await storedSessionOf(headers);
  if (typeof stored === "string") return null;
  const session = await verifyAccessToken(stored.access_token);
  if (session === "invalid") return null;
  if (session !== "expired") return stored.access_token;
  try {
    return (await refresh(headers, limit)).access_token;
  } catch (error) {
    if (error instanceof AuthRefusal && error.reason === "session_over") return null;
    throw error;
  }
}
