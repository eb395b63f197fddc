import { note } from "#lib/db/journal";

type Token = { id: string; company_id: string; last_used_at: Date | null };

/** Written at most so often for one token. */
const pauseMs = 60_000;

/**
 * Notes that a token was used: written soon after, at most once a minute a token. Never throws.
 * `from` is the network, as /24 or /48; `client` the caller's own name.
 */
export function noteUse(token: Token, at: Date, from: string | null, client: string | null): void {
  if (token.last_used_at && at.getTime() - token.last_used_at.getTime() < pauseMs) return;
  // The database rejects half a character, and control characters are of no use to a reader.
  const by = client?.slice(0, 200).replace(/\p{C}/gu, "").trim() || null;
  note("token_uses", token.id, { id: token.id, company_id: token.company_id, at: at.toISOString(), from, by });
}
