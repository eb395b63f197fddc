import { type AuthError, isAuthWeakPasswordError } from "@supabase/supabase-js";
import type { Activity } from "#lib/auth/activity";
import { AuthRefusal } from "#lib/auth/errors";

/** The same whether the address is unknown, unconfirmed or banned, or the password wrong. */
const wrongCredentials =
  "This e-mail address and password don't match, or the address is not confirmed yet. Check both, or choose a new password.";

const wrong = ["invalid_credentials", "email_not_confirmed", "user_banned", "user_not_found", "validation_failed"];

const badAddress = ["email_address_invalid", "email_address_not_authorized", "validation_failed"];

/** Anything the service answers that no person could have caused is ours to look into, so it is no refusal. */
function unforeseen(what: string, error: AuthError): Error {
  return new Error(`the sign-in service refused ${what}: ${error.status} ${error.code}`, { cause: error });
}

function tooMany(error: AuthError): AuthRefusal | null {
  if (error.status !== 429) return null;
  return new AuthRefusal("too_many", "Too many tries for now. Wait a minute and try again.");
}

export function signInRefusal(error: AuthError, activity?: Activity): Error {
  if (wrong.includes(error.code ?? "")) return new AuthRefusal("wrong_credentials", wrongCredentials, { activity });
  return tooMany(error) ?? unforeseen("a sign-in", error);
}

export function signUpRefusal(error: AuthError): Error {
  const { code = "" } = error;
  const field = (name: string, detail: string) => new AuthRefusal("bad_field", detail, { field: name });
  if (code === "user_already_exists" || code === "email_exists") {
    return field("email", "Somebody has signed up with this address already. Sign in, or choose a new password there.");
  }
  if (code === "signup_disabled" || code === "email_provider_disabled") {
    return field("email", "New sign-ups are switched off here. Ask whoever runs this RepDesk.");
  }
  if (isAuthWeakPasswordError(error)) return weak(error);
  if (badAddress.includes(code)) return field("email", "Mail can't be sent to this address. Use another one.");
  return tooMany(error) ?? unforeseen("a sign-up", error);
}

/** A new password that the service does not take: too short, too plain or known from a leak, by its own settings. */
export function weak(error: AuthError): AuthRefusal {
  const leaked = isAuthWeakPasswordError(error) && error.reasons.includes("pwned");
  const detail = leaked
    ? "This password is known from a leak elsewhere. Choose another."
    : "Choose a longer password, with letters, digits and signs.";
  return new AuthRefusal("bad_field", detail, { field: "password" });
}

export function passwordRefusal(error: AuthError): Error {
  if (isAuthWeakPasswordError(error)) return weak(error);
  if (error.code === "same_password") {
    return new AuthRefusal("bad_field", "This is the password you have now. Choose another.", { field: "password" });
  }
  return tooMany(error) ?? unforeseen("a new password", error);
}

export function linkRefusal(error: AuthError): Error {
  const expired = "This link was used before or is too old. Ask for a new one.";
  if ([400, 403, 404, 422].includes(error.status ?? 0))
    return new AuthRefusal("bad_field", expired, { field: "token_hash" });
  return tooMany(error) ?? unforeseen("a mailed link", error);
}

export { unforeseen };
