import { note } from "#lib/db/journal";
import { newId } from "#lib/format/ids";

type Token = { id: string; company_id: string; secret: number; is_first_use: boolean; last_used_at: Date | null };
type Use = { at: Date; from: string | null; client: string | null; request_id: string };

/** Minimum time between writes for one secret. */
const pauseMs = 60_000;

/**
 * Notes that a token was used. Written soon after, at most once a minute per secret, and always for the first use of a new one, which
 * begins the end of the others. Never throws. `from` is the network as /24 or /48; `client` is the name that the caller gives itself.
 */
export function noteUse(token: Token, { at, from, client, request_id }: Use): void {
  const { id, company_id, secret, is_first_use, last_used_at } = token;
  if (!is_first_use && last_used_at && at.getTime() - last_used_at.getTime() < pauseMs) return;
  // The database rejects lone surrogates, and control characters are useless to readers.
  const by = client?.slice(0, 200).replace(/\p{C}/gu, "").trim() || null;
  const event = is_first_use ? newId("evt") : null;
  note("token_uses", `${id} ${secret}`, {
    ...{ id, company_id, secret, at: at.toISOString(), from, by },
    ...(event && { event, request_id }),
  });
}
