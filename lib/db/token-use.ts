import { note } from "#lib/db/journal";

type Token = { id: string; company_id: string; last_used_at: Date | null };

/** Minimum time between writes for one token. */
const pauseMs = 60_000;

/**
 * Notes that a token was used. Written soon after, at most once a minute per token. Never throws.
 * `from` is the network as /24 or /48; `client` is the name that the caller gives itself.
 */
export function noteUse(token: Token, at: Date, from: string | null, client: string | null): void {
  if (token.last_used_at && at.getTime() - token.last_used_at.getTime() < pauseMs) return;
  // The database rejects lone surrogates, and control characters are useless to readers.
  const by = client?.slice(0, 200).replace(/\p{C}/gu, "").trim() || null;
  note("token_uses", token.id, { id: token.id, company_id: token.company_id, at: at.toISOString(), from, by });
}
