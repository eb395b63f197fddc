import { type AuthError, isAuthWeakPasswordError } from "@supabase/supabase-js";
import { atAddress, inSession } from "#lib/auth/activity";
import { openClient } from "#lib/auth/client";
import { tooManyTries } from "#lib/auth/errors";
import { endSessions, type Outcome, sessionOf, signedIn, unforeseen } from "#lib/auth/sessions";
import { env } from "#lib/env";
import { AppError, isAppError } from "#lib/errors";

/**
 * How a person gets a session: with a password or a link in an email. Each function takes the request's headers and throws AppError or
 * Unavailable. The service limits attempts by IP address, and sees the app's address for everyone: passing on the person's address
 * would take the project's secret key, which the app doesn't have.
 */

/** Where links in emails lead if the project's templates don't say. */
const confirmPage = () => `${env().APP_URL}/confirm`;

export async function signIn(headers: Headers, input: { email: string; password: string }): Promise<Outcome> {
  const client = openClient();
  const { data, error } = await client.ask((auth) => auth.signInWithPassword(input));
  const { email } = input;
  if (error) {
    requireWrongCredentials(error);
    return {
      state: "signed_out",
      cookies: [],
      activity: atAddress("sign_in_failed", email),
      error: wrongCredentials(),
    };
  }
  return signedIn(headers, client, { email, activity: inSession("signed_in", data.session.access_token) });
}

/** If addresses have to be confirmed, the response is the same for an address that already has an account. */
export async function signUp(
  headers: Headers,
  input: { name: string; email: string; password: string },
): Promise<Outcome> {
  const { name, email, password } = input;
  const client = openClient();
  const options = { data: { name }, emailRedirectTo: confirmPage() };
  const { data, error } = await client.ask((auth) => auth.signUp({ email, password, options }));
  // The response to a second sign-up with the same address: always from the local service, soon after the first from a hosted one.
  if (error?.code === "over_email_send_rate_limit") return { state: "check_mail", cookies: [] };
  if (error) throw signUpError(error);
  if (!data.session) return { state: "check_mail", cookies: [] };
  return signedIn(headers, client, { email, activity: inSession("signed_in", data.session.access_token) });
}

/** Sends a link to set a new password, if the address has an account. The response doesn't reveal whether it has. */
export async function recover(_headers: Headers, { email }: { email: string }): Promise<Outcome> {
  const { error } = await openClient().ask((auth) => auth.resetPasswordForEmail(email, { redirectTo: confirmPage() }));
  // All other errors happen only to addresses with an account, so they must look like success.
  if (error?.status === 401) throw unforeseen("to send a link", error);
  return { state: "check_mail", cookies: [], activity: atAddress("recovery_requested", email) };
}

type Confirmation =
  | { token_hash: string; type: "signup" | "email" }
  | { token_hash: string; type: "recovery"; password: string };

/** Uses a link from an email: confirms an address, or sets a new password and ends all other sessions. */
export async function confirm(headers: Headers, input: Confirmation): Promise<Outcome> {
  const client = openClient();
  const { token_hash, type } = input;
  const { data, error } = await client.ask((auth) => auth.verifyOtp({ token_hash, type }));
  if (error) throw linkError(error);
  if (!data.session) return { state: "signed_out", cookies: [] };
  const { access_token } = data.session;
  const email = data.user?.email;
  if (type !== "recovery") return signedIn(headers, client, { email, activity: inSession("signed_in", access_token) });

  const changed = await client.ask((auth) => auth.updateUser({ password: input.password }));
  if (changed.error && changed.error.code !== "same_password") {
    // The link can't be used again, and its session must not stay open without the new password.
    await endSessions(client, access_token, "local");
    const error = passwordError(changed.error);
    if (!isAppError(error, "validation_failed")) throw error;
    throw badField("token_hash", `${error.detail} This link has been used: request a new one.`);
  }
  const outcome = signedIn(headers, client, { email, activity: inSession("password_reset", access_token) });
  return { ...outcome, error: await endOthers(access_token) };
}

/**
 * Changes the password of the signed-in person, if they know the current one, and ends all other sessions. Checking the current
 * password is a sign-in, whose session replaces the current one.
 */
export async function changePassword(
  headers: Headers,
  input: { current_password: string; password: string },
): Promise<Outcome> {
  const session = await sessionOf(headers);
  const client = openClient();
  const credentials = { email: session.email ?? "", password: input.current_password };
  const { data, error } = await client.ask((auth) => auth.signInWithPassword(credentials));
  if (error) requireWrongCredentials(error);
  if (error || data.user?.id !== session.user_id) {
    const activity = inSession("password_change_failed", session.access_token);
    const wrong = badField("current_password", "This is not your current password.");
    return { state: "signed_in", cookies: [], activity, error: wrong };
  }
  const { access_token } = data.session as { access_token: string };
  const changed = await client.ask((auth) => auth.updateUser({ password: input.password }));
  if (changed.error) {
    await endSessions(client, access_token, "local");
    throw passwordError(changed.error);
  }
  const email = session.email ?? undefined;
  const outcome = signedIn(headers, client, { email, activity: inSession("password_changed", access_token) });
  return { ...outcome, error: await endOthers(access_token) };
}

/** Ends the other sessions after a password change. The password is already saved, so an error says what is left to do. */
async function endOthers(accessToken: string): Promise<AppError | undefined> {
  try {
    await endSessions(openClient(), accessToken, "others");
    return undefined;
  } catch (cause) {
    const detail =
      "Your new password is saved, but you may still be signed in elsewhere. Sign out everywhere else in My Settings.";
    return new AppError("unavailable", detail, { log: `other sessions could not be ended: ${String(cause)}` });
  }
}

const wrong = ["invalid_credentials", "email_not_confirmed", "user_banned", "user_not_found", "validation_failed"];

/** Throws if a sign-in failed for a reason other than its credentials. */
function requireWrongCredentials(error: AuthError): void {
  if (!wrong.includes(error.code ?? "")) throw tooMany(error) ?? unforeseen("a sign-in", error);
}

/** The same error for an unknown, unconfirmed, or banned address and for a wrong password. */
function wrongCredentials(): AppError {
  return new AppError(
    "unauthenticated",
    "This email address and password don't match, or the address isn't confirmed yet. Check both, or choose a new password.",
  );
}

function badField(field: string, detail: string): AppError {
  return new AppError("validation_failed", detail, {
    errors: [{ pointer: `#/${field}`, code: "invalid_format", detail }],
  });
}

function tooMany(error: AuthError): AppError | null {
  return error.status === 429 ? tooManyTries("Too many attempts. Wait a minute and try again.") : null;
}

const badAddress = ["email_address_invalid", "email_address_not_authorized", "validation_failed"];

function signUpError(error: AuthError): Error {
  const { code = "" } = error;
  if (code === "user_already_exists" || code === "email_exists") {
    return badField("email", "This address already has an account. Sign in, or reset your password there.");
  }
  if (code === "signup_disabled" || code === "email_provider_disabled") {
    return badField("email", "Sign-ups are turned off. Ask your administrator.");
  }
  if (isAuthWeakPasswordError(error)) return weakPassword(error);
  if (badAddress.includes(code)) return badField("email", "Email can't be sent to this address. Use another one.");
  return tooMany(error) ?? unforeseen("a sign-up", error);
}

/** The service's settings decide whether a password is too short, too simple, or leaked. */
function weakPassword(error: AuthError): AppError {
  const leaked = isAuthWeakPasswordError(error) && error.reasons.includes("pwned");
  const detail = leaked
    ? "This password appeared in a data breach. Choose another one."
    : "Choose a longer password, with letters, digits, and symbols.";
  return badField("password", detail);
}

function passwordError(error: AuthError): Error {
  if (isAuthWeakPasswordError(error)) return weakPassword(error);
  if (error.code === "same_password") {
    return badField("password", "This is your current password. Choose another one.");
  }
  return tooMany(error) ?? unforeseen("a new password", error);
}

function linkError(error: AuthError): Error {
  const isUsed = [400, 403, 404, 422].includes(error.status ?? 0);
  if (isUsed) return badField("token_hash", "This link has been used or has expired. Request a new one.");
  return tooMany(error) ?? unforeseen("a mailed link", error);
}
