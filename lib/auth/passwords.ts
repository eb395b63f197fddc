import { inSession } from "#lib/auth/activity";
import { openClient } from "#lib/auth/client";
import { AuthRefusal } from "#lib/auth/errors";
import { linkRefusal, passwordRefusal, signInRefusal } from "#lib/auth/refusals";
import { endOthers, endSessions, type Outcome, sessionOf, signedIn } from "#lib/auth/sessions";

/** Mailed links and new passwords. Throws as the functions of `supabase.ts` do. */

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
  const { access_token } = data.session;
  const email = data.user?.email;
  if (type !== "recovery") return signedIn(headers, client, { email, activity: inSession("signed_in", access_token) });

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
  await endOthers(headers, client, access_token, "password_reset");
  return signedIn(headers, client, { email, activity: inSession("password_reset", access_token) });
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
    throw new AuthRefusal("bad_field", "This is not your present password.", {
      field: "current_password",
      activity: inSession("password_change_failed", session.access_token),
    });
  }
  const { access_token } = data.session as { access_token: string };
  const changed = await client.ask((auth) => auth.updateUser({ password: input.password }));
  if (changed.error) {
    await endSessions(client, access_token, "local");
    throw passwordRefusal(changed.error);
  }
  await endOthers(headers, client, access_token, "password_changed");
  const email = session.email ?? undefined;
  return signedIn(headers, client, { email, activity: inSession("password_changed", access_token) });
}
