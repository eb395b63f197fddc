import type { InputOf, ResultOf } from "#lib/contract/endpoint";
import type { reportTokenLeaks } from "#lib/contract/token-leaks";
import { noteLeakedTokens } from "#lib/db/trail";
import { Unavailable } from "#lib/errors";
import { parseToken, withoutTokens } from "#lib/format/token";

/**
 * Accepts a report of leaked tokens. Whether they work is looked up after the response, which therefore can't reveal it. Throws
 * Unavailable if too many reports are waiting.
 */
export async function report(
  { tokens, source }: InputOf<typeof reportTokenLeaks>,
  request_id: string,
): Promise<ResultOf<typeof reportTokenLeaks>> {
  const wellFormed = tokens.map((token) => token.trim()).filter((token) => parseToken(token) !== null);
  const from = { request_id, source: source === undefined ? null : withoutTokens(source) };
  if (noteLeakedTokens(wellFormed, from)) return { status: "accepted" };
  throw new Unavailable("Too many reports of leaked tokens are waiting.", {
    detail: "Too many reports are waiting. Repeat this one in a few seconds.",
  });
}
