import { createHash } from "node:crypto";
import type { RejectionCode } from "#lib/db/caller";
import { note } from "#lib/db/journal";
import { newId } from "#lib/format/ids";
import type { SignInKind } from "#lib/vocabulary";

/** A person by the auth server's ID, or by an email address that may belong to nobody. */
export type SignInEvent = ({ user_id: string } | { email: string }) & {
  kind: SignInKind;
  session_id: string | null;
  /** The network as /24 or /48. */
  network: string | null;
  device: string | null;
};

/** Events that strangers can cause for others. Limited to one waiting note of each kind per person and network. */
const failures: readonly SignInKind[] = ["sign_in_failed", "password_change_failed", "recovery_requested"];

/**
 * Notes an event for a person's sign-in activity. Written soon after, without delaying the response. Never throws. An address that
 * nobody signs in with leaves no row. The database finds that out later, so response times don't reveal which addresses exist.
 */
export function noteSignIn(event: SignInEvent): void {
  const id = newId("sgn");
  const person = "user_id" in event ? event.user_id : event.email.toLowerCase();
  const key = failures.includes(event.kind) ? `${event.kind} ${event.network} ${person}` : id;
  note("sign_ins", key, { id, at: new Date().toISOString(), ...event });
}

/** Rejections that a company should know about, since something still uses the token. */
const recorded: readonly RejectionCode[] = [
  ...(["token_revoked", "token_rotated", "token_expired", "token_suspended"] as const),
  ...(["member_inactive", "ip_not_allowed"] as const),
];

type Rejected = {
  token_id: string;
  /** The number of the secret that was presented. */
  secret: number;
  company_id: string;
  request_id: string;
  network: string | null;
};

/** Notes a rejected token for its company's audit, at most once an hour per token and code. Never throws. */
export function noteRejectedToken(code: RejectionCode, rejected: Rejected): void {
  if (!recorded.includes(code)) return;
  const event = { id: newId("evt"), at: new Date().toISOString(), code };
  note("refused_tokens", `${rejected.token_id} ${rejected.secret} ${code}`, { ...event, ...rejected });
}

/** A token as the database knows it: the SHA-256 of the whole string, in hexadecimal. */
export function tokenHash(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/**
 * Notes leaked tokens, to be revoked soon after if they work. Never throws. Returns false if too many notes are waiting, and some were
 * dropped.
 */
export function noteLeakedTokens(
  tokens: readonly string[],
  from: { request_id: string; source: string | null },
): boolean {
  const at = new Date().toISOString();
  return tokens
    .map((token) => {
      const hash = tokenHash(token);
      return note("leaked_tokens", hash, { id: newId("evt"), hash, at, ...from });
    })
    .every(Boolean);
}

/** Notes tokens, by their hashes, that a request contained in its URL or body. Never throws. */
export function noteExposedTokens(hashes: readonly string[], request_id: string): void {
  const at = new Date().toISOString();
  for (const hash of hashes) note("exposed_tokens", hash, { id: newId("evt"), hash, at, request_id });
}
