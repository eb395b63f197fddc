import type { AuthError } from "@supabase/supabase-js";
import { type Session, verifyAccessToken } from "#lib/auth/access-token";
import { openClient } from "#lib/auth/client";
import { endingCookies, type SessionCookie, storedSessionOf } from "#lib/auth/cookie";
import { AuthRefusal, AuthUnavailable, sessionExpired, sessionInvalid } from "#lib/auth/errors";
import { forgetRefresh, refresh } from "#lib/auth/refresh";
import { linkRefusal, passwordRefusal, signInRefusal, signUpRefusal, unforeseen } from "#lib/auth/refusals";
import { env } from "#lib/env";

/**
 * What a person does with the sign-in service. Each function takes the headers of the request and throws AuthRefusal, AuthError
 * or AuthUnavailable; only when it returns are cookies to be set.
 * The service counts tries by address and sees ours for everybody: telling it the person's own takes the project's secret key.
 */
export type Outcome = { state: "signed_in" | "signed_out" | "check_mail"; cookies: SessionCookie[] };

type Client = ReturnType<typeof openClient>;

/** Where a mailed link leads if the project's mail templates do not say so themselves. */
const confirmPage = () => `${env().APP_URL}/confirm`;

function signedIn(headers: Headers, client: Client): Outcome {
  const cookies = client.cookies();
  return { state: "signed_in", cookies: [...cookies, ...endingCookies(headers, cookies)] };
}

export async function signIn(headers: Headers, input: { email: string; password: string }): Promise<Outcome> {
  const client = openClient();
  const { error } = await client.ask((auth) => auth.signInWithPassword(input));
  if (error) throw signInRefusal(error);
  return signedIn(headers, client);
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
  return data.session ? signedIn(headers, client) : { state: "check_mail", cookies: [] };
}

/** Sends a link for a new password, if the address has signed up. The answer never tells whether it has. */
export async function recover(_headers: Headers, { email }: { email: string }): Promise<Outcome> {
  const { error } = await openClient().ask((auth) => auth.resetPasswordForEmail(email, { redirectTo: confirmPage() }));
  // Only an address that is known can be one that mail may not be sent to just now.
  if (error?.status === 401) throw unforeseen("to send a link", error);
  return { state: "check_mail", cookies: [] };
}

type Confirmation =
  | { token_hash: string; type: "signup" | "email" }
  | { token_hash: string; type: "recovery"; password: string };

/** Uses a mailed link: confirms an address, or sets the new password and ends every other session. */
export async function confirm(headers: Headers, input: Confirmation): Promise<Outcome> {
  const client = openClient();
  const { token_hash, type } = input;
  const { data, error } = await client.ask((auth) => auth.verifyOtp({ token_hash, type }));
  if (error) throw linkRefusal(error);
  if (!data.session) return { state: "signed_out", cookies: [] };
  if (type !== "recovery") return signedIn(headers, client);

  const { access_token } = data.session;
  const changed = await client.ask((auth) => auth.updateUser({ password: input.password }));
  if (changed.error && changed.error.code !== "same_password") {
    // The link is used up: its session must not stay open without the new password.
    await endSessions(client, access_token, "local");
    const refusal = passwordRefusal(changed.error);
    if (!(refusal instanceof AuthRefusal)) throw refusal;
    throw new AuthRefusal(refusal.reason, `${refusal.detail} This link is used up: ask for a new one.`, {
      field: "token_hash",
    });
  }
  await endSessions(client, access_token, "others");
  return signedIn(headers, client);
}

/**
 * Changes the password of who is signed in, proven by the present one, and ends every other session.
 * The proof is a sign-in of its own, whose session takes the place of the present one.
 */
export async function changePassword(
  headers: Headers,
  input: { current_password: string; password: string },
): Promise<Outcome> {
  const session = await sessionOf(headers);
  const client = openClient();
  const credentials = { email: session.email ?? "", password: input.current_password };
  const { data, error } = await client.ask((auth) => auth.signInWithPassword(credentials));
  const refusal = error && signInRefusal(error);
  if (refusal && !(refusal instanceof AuthRefusal && refusal.reason === "wrong_credentials")) throw refusal;
  if (refusal || data.user?.id !== session.user_id) {
    throw new AuthRefusal("bad_field", "This is not your present password.", { field: "current_password" });
  }
  const { access_token } = data.session as { access_token: string };
  const changed = await client.ask((auth) => auth.updateUser({ password: input.password }));
  if (changed.error) {
    await endSessions(client, access_token, "local");
    throw passwordRefusal(changed.error);
  }
  await endSessions(client, access_token, "others");
  return signedIn(headers, client);
}

/** A new access token for the session of the cookie. */
export async function renew(headers: Headers): Promise<Outcome> {
  return { state: "signed_in", cookies: (await refresh(headers)).cookies };
}

/** Ends the session at the service, then the cookie. Without an answer from there nothing has ended, and nothing is cleared. */
export async function signOut(headers: Headers): Promise<Outcome> {
  const token = await tokenToEnd(headers);
  if (token !== null) await endSessions(openClient(), token, "local");
  await forgetRefresh(headers);
  return { state: "signed_out", cookies: endingCookies(headers) };
}

/** Ends every session of the person but this one. */
export async function signOutOthers(headers: Headers): Promise<Outcome> {
  const { access_token } = await sessionOf(headers);
  await endSessions(openClient(), access_token, "others");
  return { state: "signed_in", cookies: [] };
}

/** The access token to sign out with; null where there is no session to end. */
async function tokenToEnd(headers: Headers): Promise<string | null> {
  const stored = await storedSessionOf(headers);
  if (typeof stored === "string") return null;
  const session = await verifyAccessToken(stored.access_token);
  if (session === "invalid") return null;
  if (session !== "expired") return stored.access_token;
  try {
    return (await refresh(headers)).access_token;
  } catch (error) {
    if (error instanceof AuthRefusal && error.reason === "session_over") return null;
    throw error;
  }
}

/** The session of the cookie, verified. An expired one is refused: the app's client refreshes it and asks again. */
async function sessionOf(headers: Headers): Promise<Session & { access_token: string }> {
  const stored = await storedSessionOf(headers);
  if (typeof stored === "string") throw sessionInvalid();
  const session = await verifyAccessToken(stored.access_token);
  if (session === "expired") throw sessionExpired();
  if (session === "invalid") throw sessionInvalid();
  return { ...session, access_token: stored.access_token };
}

async function endSessions(client: Client, accessToken: string, scope: "local" | "others"): Promise<void> {
  const { error } = await client.ask((auth) => auth.admin.signOut(accessToken, scope));
  if (error && !isGone(error))
    throw error.status === 429 ? new AuthUnavailable(error) : unforeseen("a sign-out", error);
}

/** The session, or its user, had ended before. */
function isGone(error: AuthError): boolean {
  return error.status === 403 || error.status === 404 || error.name === "AuthSessionMissingError";
}
