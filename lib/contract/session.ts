import { z } from "zod";
import { email, fault, line } from "#lib/nouns/values";

/** What the sign-in endpoints below `/auth` take and answer. Forms check with the same schemas. */

const shortestPassword = 8;
/** The sign-in service hashes with bcrypt, which reads no further. */
const longestPassword = 72;

/** A password that somebody chooses: 8 characters to 72 bytes, taken as it is typed. */
const newPassword = z.string().superRefine((value, context) => {
  // A character has at least one byte, so a value of more units needs no closer look. Passwords are never normalized.
  if (value.length > longestPassword)
    return context.addIssue(fault("too_long", `Use at most ${longestPassword} characters.`));
  const bytes = new TextEncoder().encode(value).length;
  if ([...value].length < shortestPassword) {
    context.addIssue(fault("too_short", `Use at least ${shortestPassword} characters.`));
  } else if (bytes > longestPassword) {
    const letters = bytes === value.length ? "" : ", fewer where letters have accents";
    context.addIssue(fault("too_long", `Use at most ${longestPassword} characters${letters}.`));
  }
  if (value.includes("\0") || !value.isWellFormed()) {
    context.addIssue(fault("invalid_format", "Use characters that a keyboard can type."));
  }
});

/** A password that somebody has. Older ones may be shorter than we now ask for. */
function knownPassword(missing: string) {
  return z.string().superRefine((value, context) => {
    if (value === "") context.addIssue(fault("required", missing));
    if (value.length > 1000) context.addIssue(fault("too_long", "At most 1,000 characters."));
  });
}

export const signInInput = z.strictObject({ email, password: knownPassword("Enter your password.") });

export const signUpInput = z.strictObject({ name: line(100), email, password: newPassword });

export const recoverInput = z.strictObject({ email });

const tokenHash = z.string().regex(/^[\w-]{1,200}$/, "The link is not whole. Copy all of it from the mail.");

/** What a mailed link is for; `email` is what hosted projects call a sign-up by default. */
export const confirmationKinds = ["signup", "email"] as const;

export const confirmInput = z.discriminatedUnion("type", [
  z.strictObject({ type: z.enum(confirmationKinds), token_hash: tokenHash }),
  z.strictObject({ type: z.literal("recovery"), token_hash: tokenHash, password: newPassword }),
]);

export const passwordInput = z.strictObject({
  current_password: knownPassword("Enter the password you have now."),
  password: newPassword,
});

/** Every sign-in endpoint, by its name below `/auth`, with what it takes: null where the cookie says it all. */
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

/** The answer of a sign-in endpoint. `check_mail`: a link was sent if the address can have one; nothing tells whether it can. */
export const signInAnswer = z.object({ state: z.enum(["signed_in", "signed_out", "check_mail"]) });

export type SignInAnswer = z.output<typeof signInAnswer>;
