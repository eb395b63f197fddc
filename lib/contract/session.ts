import { z } from "zod";
import { email, fault, line } from "#lib/nouns/values";

/** The input and output of the sign-in endpoints under `/auth`. Forms validate with the same schemas. */

const shortestPassword = 8;
/** The sign-in service hashes with bcrypt, which ignores everything after 72 bytes. */
const longestPassword = 72;

/** A new password: 8 characters to 72 bytes, never normalized. */
const newPassword = z.string().superRefine((value, context) => {
  // Every UTF-16 unit takes at least one byte, so there is no need to count the bytes.
  if (value.length > longestPassword)
    return context.addIssue(fault("too_long", `Use at most ${longestPassword} characters.`));
  const bytes = new TextEncoder().encode(value).length;
  if ([...value].length < shortestPassword) {
    context.addIssue(fault("too_short", `Use at least ${shortestPassword} characters.`));
  } else if (bytes > longestPassword) {
    const letters = bytes === value.length ? "" : ", fewer if letters have accents";
    context.addIssue(fault("too_long", `Use at most ${longestPassword} characters${letters}.`));
  }
  if (value.includes("\0") || !value.isWellFormed()) {
    context.addIssue(fault("invalid_format", "Use characters that a keyboard can type."));
  }
});

/** An existing password. Older ones may be shorter than a new one has to be. */
function knownPassword(missing: string) {
  return z.string().superRefine((value, context) => {
    if (value === "") context.addIssue(fault("required", missing));
    if (value.length > 1000) context.addIssue(fault("too_long", "At most 1,000 characters."));
  });
}

export const signInInput = z.strictObject({ email, password: knownPassword("Enter your password.") });

export const signUpInput = z.strictObject({ name: line(100), email, password: newPassword });

export const recoverInput = z.strictObject({ email });

const tokenHash = z.string().regex(/^[\w-]{1,200}$/, "The link is incomplete. Copy the whole link from the email.");

/** The types of a confirmation link. By default, hosted projects use `email` for a sign-up. */
export const confirmationKinds = ["signup", "email"] as const;

export const confirmInput = z.discriminatedUnion("type", [
  z.strictObject({ type: z.enum(confirmationKinds), token_hash: tokenHash }),
  z.strictObject({ type: z.literal("recovery"), token_hash: tokenHash, password: newPassword }),
]);

export const passwordInput = z.strictObject({
  current_password: knownPassword("Enter your current password."),
  password: newPassword,
});

/** The input of every sign-in endpoint, by its name under `/auth`; null if it needs only the cookie. */
export const signInEndpoints = {
  "sign-in": signInInput,
  "sign-up": signUpInput,
  recover: recoverInput,
  confirm: confirmInput,
  password: passwordInput,
  refresh: null,
  "sign-out": null,
  "sign-out-others": null,
} as const;

/** The response of a sign-in endpoint. `check_mail` doesn't reveal whether the address has an account: a link is sent only if so. */
export const signInAnswer = z.object({ state: z.enum(["signed_in", "signed_out", "check_mail"]) });

export type SignInAnswer = z.output<typeof signInAnswer>;
