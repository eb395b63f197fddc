import type { RejectionCode } from "#lib/db/caller";
import { note } from "#lib/db/journal";
import { newId } from "#lib/format/ids";
import type { SignInKind } from "#lib/vocabulary";

/** Somebody known by the auth server's id, or by an address that may be nobody's. */
export type SignInEvent = ({ user_id: string } | { email: string }) & {
  kind: SignInKind;
  session_id: string | null;
  /** As /24 or /48. */
  network: string | null;
  device: string | null;
};

/** What strangers can cause for others: of each kind, one note at a time for a person and network. */
const failures: readonly SignInKind[] = ["sign_in_failed", "password_change_failed", "recovery_requested"];

/**
 * Notes something for a person's sign-in activity: written soon after, off the path of the answer. Never throws. An address that
 * nobody signs in with leaves nothing; the database finds out, so no answer takes longer for one or the other.
 */
export function noteSignIn(event: SignInEvent): void {
  const id = newId("sgn");
  const person = "user_id" in event ? event.user_id : event.email.toLowerCase();
  const key = failures.includes(event.kind) ? `${event.kind} ${event.network} ${person}` : id;
  note("sign_ins", key, { id, at: new Date().toISOString(), ...event });
}

/** Rejections that a company should know of: something still uses the token. */
const recorded: readonly RejectionCode[] = ["token_revoked", "token_expired", "member_inactive"];

type Rejected = { token_id: string; company_id: string; request_id: string; network: string | null };

/** Notes a rejected token for its company's audit, at most once an hour for each token and code. Never throws. */
export function noteRejectedToken(code: RejectionCode, rejected: Rejected): void {
  if (!recorded.includes(code)) return;
  const event = { id: newId("evt"), at: new Date().toISOString(), code };
  note("refused_tokens", `${rejected.token_id} ${code}`, { ...event, ...rejected });
}
